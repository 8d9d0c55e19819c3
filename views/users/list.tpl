% rebase("layout", title="Users", description="The users of this site: their names, how old they are, and how much they wrote.", made_by="routes/users.py → models/user.py → views/users/list.tpl")
% if news:
%   include("parts/news", words=f"The user was {news}.")
% end
<div class="title">
  <h1>Users</h1>
  % if can_add_users or (classroom and me):
  <p class="actions{{" alive" if alive else ""}}">
    % if classroom and me:
    <a href="{{address("/groups")}}">By groups</a>
    % end
    % if me and me.is_admin:
    <a href="{{address("/users/import")}}">Import<span class="unseen"> users</span></a>
    % end
    % if can_add_users:
    <a class="button" href="{{address("/users/new")}}">Add a user</a>
    % end
  </p>
  % end
</div>
% include("parts/asking", action=address("/users"), label="Search names and user ids")
% if rows:
% changeable = [may_change(user) for user in rows]
% include("parts/count", single="user", many="users")
<div class="broad">
<div class="table" role="region" aria-label="Users" tabindex="0">
  <table class="rows">
    <thead>
      <tr>
        % for head, name, look in (("Id", "id", "number"), ("Name", "name", ""), ("User id", "uid", ""), ("Born", "dob", "")):
        %   include("parts/sort_head", head=head, up=name, down="-" + name, look=look, is_marked=True)
        % end
        % # The youngest are the last born; the mark stands over their day of birth.
        % include("parts/sort_head", head="Age", up="-dob", down="dob", look="number", is_marked=False)
        <th scope="col" class="number">Posts</th>
        % if any(changeable):
        <th scope="col" class="actions">Actions</th>
        % end
      </tr>
    </thead>
    <tbody>
      % for user, may_edit in zip(rows, changeable):
      <tr id="row-{{user.id}}" data-row="users-{{user.id}}">
        <td class="number" data-head="Id">{{user.id}}</td>
        <td class="name" data-head="Name"><span class="person">{{!portrait(user, 32)}}<a href="{{address(f"/users/{user.id}")}}">{{cell_text(user, "name")}}</a></span></td>
        <td data-head="User id">{{cell_text(user, "uid")}}</td>
        <td data-head="Born">{{cell_text(user, "dob")}}</td>
        <td class="number" data-head="Age">{{"–" if user.age is None else user.age}}</td>
        <td class="number" data-head="Posts">{{user.posts_total}}</td>
        % if any(changeable):
        <td class="actions">
          % if may_edit:
          <a href="{{address(f"/users/{user.id}/edit")}}">Edit<span class="unseen"> user {{user.id}}</span></a>
          % end
        </td>
        % end
      </tr>
      % end
    </tbody>
  </table>
</div>
</div>
% elif total:
<p class="empty">No more users here. <a href="{{address("/users")}}">Begin at the first page</a>.</p>
% elif is_filtered:
<p class="empty">Nobody fits that. <a href="{{unfiltered}}">See everyone</a>.</p>
% elif search:
<p class="empty">Nobody is called “{{search}}”. Try a part of the name, or <a href="{{unfiltered}}">see everyone</a>.</p>
% else:
<p class="empty">
  There are no users yet.
  % if can_add_users and not alive:
  <a href="{{address("/users/new")}}">Add the first one</a>.
  % end
</p>
% end
% include("parts/neighbours")
