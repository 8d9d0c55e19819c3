% rebase("layout", title="Add a user", made_by="routes/users.py → models/user.py → views/users/new.tpl")
<h1>Add a user</h1>
% if problems:
<p class="alert" role="alert">Nobody was added yet: {{len(problems)}} {{"value needs" if len(problems) == 1 else "values need"}} another look.</p>
% end
<form id="new-user" class="column" action="/users" method="post">
  % for control in controls:
  %   include("parts/control", control=control, value=values.get(control.name, ""), problem=problems.get(control.name))
  % end
  <div class="actions">
    <button>Add this user</button>
    <a href="/users">Cancel</a>
  </div>
</form>
