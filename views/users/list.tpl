% rebase("layout", title="Users", description="The users of this site: their names, how old they are, and how much they wrote.", made_by="routes/users.py → models/user.py → views/users/list.tpl")
% if news:
<p class="success" role="status">The user was {{news}}.</p>
% end
<div class="title">
  <h1>Users</h1>
  % if can_add_users:
  <a class="button" href="{{address("/users/new")}}">Add a user</a>
  % end
</div>
% include("parts/search", action=address("/users"), label="Search names and user ids", search=search, sort=sort)
% if rows:
<p class="count">{{f"{total:,}"}} {{"user" if total == 1 else "users"}}{{f' matching “{search}”' if search else ""}} · <a href="{{chart_url}}">As a chart</a></p>
<div class="table" role="region" aria-label="Users" tabindex="0">
  <table>
    <thead>
      <tr>
        % for head, name, look in (("Id", "id", "number"), ("Name", "name", ""), ("User id", "uid", ""), ("Born", "dob", "")):
        %   include("parts/sort_head", head=head, up=name, down="-" + name, look=look, is_marked=True, sort=sort, sort_url=sort_url)
        % end
        % # The youngest are the last born; the mark stands over their day of birth.
        % include("parts/sort_head", head="Age", up="-dob", down="dob", look="number", is_marked=False, sort=sort, sort_url=sort_url)
        <th scope="col" class="number">Posts</th>
      </tr>
    </thead>
    <tbody>
      % for user in rows:
      <tr data-row="users-{{user.id}}">
        <td class="number">{{user.id}}</td>
        <td><span class="person">{{!portrait(user, 32)}}<a href="{{address(f"/users/{user.id}")}}">{{cell_text(user, "name")}}</a></span></td>
        <td>{{cell_text(user, "uid")}}</td>
        <td>{{cell_text(user, "dob")}}</td>
        <td class="number">{{"–" if user.age is None else user.age}}</td>
        <td class="number">{{user.posts_total}}</td>
      </tr>
      % end
    </tbody>
  </table>
</div>
% elif total:
<p class="empty">No more users here. <a href="{{address("/users")}}">Begin at the first page</a>.</p>
% elif search:
<p class="empty">Nobody is called “{{search}}”. Try a part of the name, or <a href="{{address("/users")}}">see everyone</a>.</p>
% else:
<p class="empty">
  There are no users yet.
  % if can_add_users:
  <a href="{{address("/users/new")}}">Add the first one</a>.
  % end
</p>
% end
% include("parts/neighbours", next=next, previous=previous)
