% rebase("layout", title=f"Change {user}", made_by="routes/users.py → models/user.py → views/users/edit.tpl")
<h1>Change {{user}}</h1>
% include("parts/alert", what="Nothing was changed yet", problems=problems)
<form id="edit-user" class="column" action="{{address(f"/users/{user.id}/edit")}}" method="post">
  % include("parts/once")
  % include("parts/controls", controls=controls, values=values, problems=problems)
  <div class="actions">
    <button>Save</button>
    <a href="{{address(f"/users/{user.id}")}}">Cancel</a>
    <a class="danger" href="{{address(f"/users/{user.id}/delete")}}">Delete this user</a>
  </div>
</form>
% if user == me:
<p class="onward">Your password is changed on <a href="{{address("/account")}}">your account</a>.</p>
% end
