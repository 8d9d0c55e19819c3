% rebase("layout", title=group, description=f"The people of {group}.", made_by="classroom/groups/pages.py → models/group.py → views/classroom/group.tpl")
% if news:
%   include("parts/news", words=f"The group was {news}.")
% end
% if ended.isdecimal():
<p class="success" role="status">{{ended}} {{"person was" if ended == "1" else "people were"}} logged out everywhere.</p>
% end
<div class="title">
  <h1>{{group}}</h1>
  <p class="actions">
    <a href="{{address(f"/groups/{group.id}/posts")}}">What they wrote</a>
    % if may:
    <a href="{{address(f"/users/import?group={group.id}")}}">Import people</a>
    <a class="button quiet" href="{{address(f"/groups/{group.id}/edit")}}">Edit</a>
    % end
  </p>
</div>
% if group.quiet:
<p class="alert" role="note">This group is quiet: its members can read, and cannot write.</p>
% end
<dl class="facts">
  <div><dt>{{"Teacher" if len(teachers) == 1 else "Teachers"}}</dt><dd>{{", ".join(teachers) or "–"}}</dd></div>
</dl>
% include("parts/asking", action=address(f"/groups/{group.id}"), label="Search names and user ids")
% if rows:
% include("parts/count", single="person", many="people", chart_url="", files=[])
<div class="broad">
<div class="table" role="region" aria-label="People of {{group}}" tabindex="0">
  <table class="rows">
    <thead>
      <tr>
        % for head, name in (("Name", "name"), ("User id", "uid")):
        %   include("parts/sort_head", head=head, up=name, down="-" + name, look="", is_marked=True)
        % end
        <th scope="col">Role</th>
        <th scope="col" class="number">Posts</th>
        % if may:
        <th scope="col" class="actions">Actions</th>
        % end
      </tr>
    </thead>
    <tbody>
      % for user in rows:
      <tr id="row-{{user.id}}" data-row="users-{{user.id}}">
        <td class="name" data-head="Name"><span class="person">{{!portrait(user, 32)}}<a href="{{address(f"/users/{user.id}")}}">{{cell_text(user, "name")}}</a></span></td>
        <td data-head="User id">{{cell_text(user, "uid")}}</td>
        <td data-head="Role">{{"Teacher" if roles.get(user.id) == "teacher" else "Member"}}{{", account closed" if user.id in closed else ""}}</td>
        <td class="number" data-head="Posts">{{user.posts_total}}</td>
        % if may:
        <td class="actions">
          % if user.id in pupils:
          % if user != me:
          <a href="{{address(f"/users/{user.id}/close")}}">{{"Open account" if user.id in closed else "Close account"}}<span class="unseen"> of user {{user.id}}</span></a>
          % end
          <form id="remove-{{user.id}}" action="{{address(f"/groups/{group.id}/people/{user.id}/remove")}}" method="post">
            % include("parts/once")
            <button class="quiet">Take out<span class="unseen"> user {{user.id}}</span></button>
          </form>
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
<p class="empty">Nobody more here. <a href="{{address(f"/groups/{group.id}")}}">Begin at the first page</a>.</p>
% elif is_filtered or search:
<p class="empty">Nobody in this group fits that. <a href="{{unfiltered}}">See everyone in it</a>.</p>
% else:
<p class="empty">Nobody is in this group yet.</p>
% end
% include("parts/neighbours")
% if may:
<h2>For teachers</h2>
% wrong, texts = adding["problems"], adding["values"]
<form id="add-person" class="column" action="{{address(f"/groups/{group.id}/people")}}" method="post">
  % include("parts/once")
  <div class="control">
    <label for="uid">User id of somebody to take in</label>
    <input id="uid" name="uid" required autocomplete="off" autocapitalize="none" value="{{texts.get("uid", "")}}"{{!' aria-invalid="true" aria-describedby="uid-problem"' if "uid" in wrong else ""}}>
    % if "uid" in wrong:
    <p class="problem" id="uid-problem">This {{wrong["uid"]}}</p>
    % end
  </div>
  % if me.is_admin:
  <div class="control">
    <label for="role">As</label>
    <select id="role" name="role">
      <option value="">Member, or as they are in it already</option>
      <option value="teacher"{{" selected" if texts.get("role") == "teacher" else ""}}>Teacher</option>
      <option value="member"{{" selected" if texts.get("role") == "member" else ""}}>Member, and no teacher any more</option>
    </select>
  </div>
  % end
  <button>Take in</button>
</form>
<div class="actions onward">
  <form id="quiet" action="{{address(f"/groups/{group.id}/quiet")}}" method="post">
    % include("parts/once")
    <input name="quiet" type="hidden" value="{{"no" if group.quiet else "yes"}}">
    <button class="quiet">{{"Let them write again" if group.quiet else "Quiet: let them only read"}}</button>
  </form>
  <form id="end-logins" action="{{address(f"/groups/{group.id}/end-logins")}}" method="post">
    % include("parts/once")
    <button class="quiet">Log all members out everywhere</button>
  </form>
  <a href="{{address(f"/users/slips?group={group.id}")}}">One-time passwords on slips</a>
  <a href="{{address(f"/groups/{group.id}/joining")}}">A code to join with, and who waits</a>
</div>
<p><a href="{{address(f"/groups/{group.id}/activity")}}">What its members did</a> · <a href="{{address(f"/groups/{group.id}/reset")}}">Between periods: take their rows away</a></p>
% end
<p class="onward"><a href="{{address("/groups")}}">All your groups</a></p>
