<dl class="lab-one-row">
  % for head, (value, link) in zip(heads, row.cells):
  <div>
    <dt><code>{{head.name}}</code> <span class="lab-class">{{head.attribute}}</span></dt>
    % if link:
    <dd class="lab-{{value.kind}}"><a href="{{link}}">{{value.text}}</a></dd>
    % else:
    <dd class="lab-{{value.kind}}">{{value.text}}</dd>
    % end
  </div>
  % end
</dl>
% if row.referring:
<h2>Refer to it</h2>
<ul class="lab-others">
  % for each in row.referring:
  <li><a href="{{each.href}}"><code>{{each.words}}</code></a> {{"" if each.total is None else f"{each.total:,}"}}</li>
  % end
</ul>
% end
