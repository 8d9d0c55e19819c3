% rebase("layout", title="Add a user", description="Become one of the users of this site: a name, a user id, and a password to log in with.", made_by="routes/users.py → models/user.py → views/users/new.tpl")
<h1>Add a user</h1>
% include("parts/alert", what="Nobody was added yet", problems=problems, controls=controls)
<form id="new-user" class="column" action="{{address("/users")}}" method="post">
  % include("parts/once")
  % include("parts/controls", controls=controls, values=values, problems=problems)
  <div class="actions">
    <button>Add this user</button>
    <a href="{{address("/users")}}">Cancel</a>
  </div>
</form>
