% rebase("layout", title="Import users", sheet="classroom/roster.css", made_by="classroom/roster/pages.py → models/user.py → views/classroom/roster/arrived.tpl")
<div class="success" role="status"><p>{{words}}{{f", in the group {roster.wish.group.name}" if roster.wish.group else ""}}.</p></div>
<h1>The class is in</h1>
% if has_passwords:
<p class="alert">These one-time passwords are shown now and never again: print them, or write them down.</p>
<div class="table" role="region" aria-label="New people" tabindex="0">
  <table class="rows">
    <thead><tr><th scope="col">Name</th><th scope="col">User id</th><th scope="col">One-time password</th></tr></thead>
    <tbody>
      % for each in arrived:
      <tr><td class="name" data-head="Name"><bdi>{{each.user.name}}</bdi></td><td data-head="User id">{{each.user.uid}}</td><td data-head="One-time password">{{each.password}}</td></tr>
      % end
    </tbody>
  </table>
</div>
% elif arrived:
<p>They have no passwords yet: make one-time passwords for the group, as many as you can hand out.</p>
% end
<p><a href="{{address("/users")}}">See all users</a></p>
