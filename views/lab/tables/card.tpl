<section class="lab-table" id="{{card.id}}">
  <h3>
    % if card.href:
    <a href="{{card.href}}"><code>{{card.known.name}}</code></a>
    % else:
    <code>{{card.known.name}}</code>
    % end
    % model = card.known.model
    <span class="lab-class">{{model.__name__ if model else "view" if card.known.stored.kind == "view" else "no class"}}</span>
    % if differs:
    <a class="lab-mark" href="#differences">differs<span class="unseen"> from its class: {{card.known.name}}</span></a>
    % end
  </h3>
  <dl class="facts">
    % if card.rows:
    <div><dt>Rows</dt><dd>{{card.rows}}</dd></div>
    % end
    % if card.room:
    <div><dt>Size</dt><dd>{{card.room}}</dd></div>
    % end
    % if card.indexes:
    <div><dt>Indexes</dt><dd>{{"\n".join(card.indexes)}}</dd></div>
    % end
    % if card.keys:
    <div><dt>Foreign keys</dt><dd>{{"\n".join(card.keys)}}</dd></div>
    % end
  </dl>
  % if card.known.stored.problem:
  <p class="alert">The database cannot read it: {{card.known.stored.problem}}</p>
  % end
  % if card.create:
  <details>
    <summary>Its CREATE statement<span class="unseen"> ({{card.known.name}})</span></summary>
    <pre tabindex="0"><code>{{card.create}}</code></pre>
  </details>
  % end
  % if card.lines:
  <details>
    <summary>The class {{model.__name__}}, {{card.lines.place}}</summary>
    % if card.lines.problem:
    <p>{{card.lines.problem}}</p>
    % else:
    <div class="lab-source" role="region" aria-label="Lines of {{model.__name__}}" tabindex="0">
      <ol>
        % for number, text in enumerate(card.lines.lines, start=card.lines.first):
        <li><span class="lab-n">{{number}}</span> <code>{{text or " "}}</code></li>
        % end
      </ol>
    </div>
    % end
  </details>
  % end
</section>
