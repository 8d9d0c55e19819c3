% rebase("layout", title=title, description=f"All {title.lower()} of this site: to search, to sort, and for programs as JSON.", made_by=f"routes/resources.py → {file} → views/resources/list.tpl")
% if news:
%   include("parts/news", words=f"The {singular} was {news}.")
% end
<div class="title">
  <h1>{{title}}</h1>
  % if may_add:
  <p class="actions{{" alive" if alive else ""}}">
    % if not alive:
    <a href="{{address(f"/{plural}/import")}}">Import<span class="unseen"> {{title.lower()}}</span></a>
    % end
    <a class="button" href="{{address(f"/{plural}/new")}}">Add a {{singular}}</a>
  </p>
  % end
</div>
% include("parts/asking", action=address(f"/{plural}"), label=f"Search {title.lower()}" if is_searched else "")
% if rows:
% changeable = [may_change(row) for row in rows]
% has_actions = bool(own_actions) or any(changeable)
% pressed = frozen.actions.get(plural, ()) if alive else ()
% include("parts/count", single=singular, many=title.lower())
<div class="broad">
<div class="table" role="region" aria-label="{{title}}" tabindex="0">
  <table class="rows">
    <thead>
      <tr>
        % for head in heads:
        % if head.sort:
        %   include("parts/sort_head", head=head.text, up=head.sort, down="-" + head.sort, look=head.look, is_marked=True)
        % else:
        <th scope="col"{{!f' class="{head.look}"' if head.look else ""}}>{{head.text}}</th>
        % end
        % end
        % if has_actions:
        <th scope="col" class="actions">Actions</th>
        % elif pressed:
        <th scope="col" class="actions alive">Actions</th>
        % end
      </tr>
    </thead>
    <tbody>
      % for row, values, may_edit in zip(rows, lines, changeable):
      <tr id="row-{{row.id}}" data-row="{{plural}}-{{row.id}}">
        % for value in values:
        <td{{!f' class="{value.look}"' if value.look else ""}} data-head="{{value.head}}">
          % if value.picture:
          <img class="small" src="{{value.picture.thumb}}" alt="{{value.picture.alt}}" loading="lazy" decoding="async">
          % elif value.link:
          <a href="{{value.link}}">{{value.text}}</a>
          % else:
          {{value.text}}
          % end
        </td>
        % end
        % if has_actions:
        <td class="actions">
          % if own_actions:
          %   include(own_actions, row=row, back=here)
          % end
          % if may_edit:
          <a href="{{address(f"/{plural}/{row.id}/edit")}}">Edit<span class="unseen"> {{singular}} {{row.id}}</span></a>
          % end
        </td>
        % elif pressed:
        <td class="actions alive">
          % include("freezing/actions", pressed=pressed, row=row)
        </td>
        % end
      </tr>
      % end
    </tbody>
  </table>
</div>
</div>
% elif total:
<p class="empty">No more {{title.lower()}} here. <a href="{{address(f"/{plural}")}}">Begin at the first page</a>.</p>
% elif is_filtered:
<p class="empty">No {{singular}} fits that. <a href="{{unfiltered}}">See all {{title.lower()}}</a>.</p>
% elif search:
<p class="empty">Nothing has “{{search}}”. <a href="{{unfiltered}}">See all {{title.lower()}}</a>.</p>
% else:
<p class="empty">
  There are no {{title.lower()}} yet.
  % if may_add and not alive:
  <a href="{{address(f"/{plural}/new")}}">Add the first one</a>.
  % end
</p>
% end
% include("parts/neighbours")
