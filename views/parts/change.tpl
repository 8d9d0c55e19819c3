% # One change: who, when, what became of which rows; `whole` where it is the page's own.
<article class="post change">
  <p class="byline">
    % if change.person:
    <a href="{{address(f"/users/{change.person.id}")}}">{{change.who}}</a>,
    % else:
    {{change.who}},
    % end
    <time datetime="{{change.created}}">{{change.created[:16].replace("T", " ")}} UTC</time>
    % if change.command:
    · <code>{{change.command}}</code>
    % end
    % if change.label:
    · {{change.label}}
    % end
  </p>
  % for row in change.rows:
  <h2>
    % if row.link:
    <a href="{{row.link}}">{{row.name}}</a>
    % else:
    {{row.name}}
    % end
    <span class="hint">was {{row.done}}</span>
  </h2>
  % if row.values:
  <dl class="values">
    % for value in row.values:
    <div>
      <dt>{{value.label}}</dt>
      <dd>
        % if value.before is not None:
        <del>{{value.before}}</del>
        % end
        % if value.after is not None:
        <ins>{{value.after}}</ins>
        % end
      </dd>
    </div>
    % end
  </dl>
  % end
  % end
  % if change.total > len(change.rows):
  <p class="hint">and {{f"{change.total - len(change.rows):,}"}} more rows</p>
  % end
  <div class="actions">
    % if change.may_undo and with_undo:
    %   include("parts/undo", change=change.id)
    % end
    % if change.undone_by:
    <span>Undone by <a href="{{address(f"/history/{change.undone_by}")}}">change {{change.undone_by}}</a></span>
    % end
    % if change.may_see and not whole:
    <a href="{{address(f"/history/{change.id}")}}">Change {{change.id}}</a>
    % end
  </div>
</article>
