% rebase("layout", title=name, description=f"{name}: one of the {title.lower()} of this site.", made_by=f"routes/resources.py → {file} → views/resources/show.tpl" + (f" → views/{own_view}.tpl" if own_view else ""))
% if news:
%   include("parts/news", words=f"The {singular} was {news}.")
% end
<div class="title">
  <h1 data-row="{{plural}}-{{row.id}}">{{name}}</h1>
  % if may_change:
  <a class="button quiet" href="{{address(f"/{plural}/{row.id}/edit")}}">Edit</a>
  % end
</div>
<dl class="facts">
  % for value in facts:
  <div{{!f' class="{value.look}"' if value.look else ""}}>
    <dt>{{value.head}}</dt>
    % if value.picture:
    <dd>
      % include("parts/row_picture", picture=value.picture)
    </dd>
    % elif value.link:
    <dd><a href="{{value.link}}">{{value.text}}</a></dd>
    % else:
    <dd>{{value.text}}</dd>
    % end
  </div>
  % end
</dl>
% if own_view:
%   include(own_view, row=row)
% end
% pressed = frozen.actions.get(plural, ()) if alive else ()
% if pressed:
<div class="actions alive">
  % include("freezing/actions", pressed=pressed, row=row)
</div>
% end
% include("parts/referring")
<p class="onward"><a href="{{address(f"/{plural}")}}">All {{title.lower()}}</a>
% if may_change and me and row.history:
· <a href="{{address(f"/history?model={plural}&row={row.id}")}}">What became of this row</a>
% end
</p>
