% # What refers to a row, each kind under its own head.
% for section in sections:
<section class="referring">
  <h2>{{section.title}} <span class="hint">{{section.total}}</span></h2>
  % if section.rows:
  <ul>
    % for words, link in section.rows:
    <li><a href="{{link}}">{{words}}</a></li>
    % end
  </ul>
  % else:
  <p class="hint">{{"None yet." if section.total else "None of yours."}}</p>
  % end
  <p class="actions">
    % if section.all:
    <a href="{{section.all}}">See all<span class="unseen"> {{section.title.lower()}}</span></a>
    % end
    % if section.add:
    <a href="{{section.add}}">Add a {{section.singular}}</a>
    % end
  </p>
</section>
% end
