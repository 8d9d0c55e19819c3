% rebase("layout", title=title, description=f"All {title.lower()} of this site: to search, to sort, and for programs as JSON.", made_by=f"routes/resources.py → {file} → views/resources/list.tpl")
% if news:
<p class="success" role="status">The {{singular}} was {{news}}.</p>
% end
<div class="title">
  <h1>{{title}}</h1>
  % if may_add:
  <a class="button" href="{{address(f"/{plural}/new")}}">Add a {{singular}}</a>
  % end
</div>
% if is_searched:
%   include("parts/search", action=address(f"/{plural}"), label=f"Search {title.lower()}", search=search, sort=sort)
% end
% if rows:
<p class="count">{{f"{total:,}"}} {{singular if total == 1 else title.lower()}}{{f' matching “{search}”' if search else ""}}
% if chart_url:
· <a href="{{chart_url}}">As a chart</a>
% end
</p>
<div class="table" role="region" aria-label="{{title}}" tabindex="0">
  <table>
    <thead>
      <tr>
        % for head in heads:
        % if head.sort:
        %   include("parts/sort_head", head=head.text, up=head.sort, down="-" + head.sort, look=head.look, is_marked=True, sort=sort, sort_url=sort_url)
        % else:
        <th scope="col"{{!f' class="{head.look}"' if head.look else ""}}>{{head.text}}</th>
        % end
        % end
      </tr>
    </thead>
    <tbody>
      % for row, values in zip(rows, lines):
      <tr data-row="{{plural}}-{{row.id}}">
        % for value in values:
        <td{{!f' class="{value.look}"' if value.look else ""}}>
          % if value.link:
          <a href="{{value.link}}">{{value.text}}</a>
          % else:
          {{value.text}}
          % end
        </td>
        % end
      </tr>
      % end
    </tbody>
  </table>
</div>
% elif total:
<p class="empty">No more {{title.lower()}} here. <a href="{{address(f"/{plural}")}}">Begin at the first page</a>.</p>
% elif search:
<p class="empty">Nothing has “{{search}}”. <a href="{{address(f"/{plural}")}}">See all {{title.lower()}}</a>.</p>
% else:
<p class="empty">
  There are no {{title.lower()}} yet.
  % if may_add:
  <a href="{{address(f"/{plural}/new")}}">Add the first one</a>.
  % end
</p>
% end
% include("parts/neighbours", next=next, previous=previous)
