% rebase("layout", title=f"Change {user}", script="upload.js", made_by="routes/users.py → models/user.py → views/users/edit.tpl")
<h1>Change {{user}}</h1>
% include("parts/alert", what="Nothing was changed yet", problems=problems, controls=controls)
<form id="edit-user" class="column" action="{{address(f"/users/{user.id}/edit")}}" method="post" enctype="multipart/form-data">
  % include("parts/once")
  % include("parts/seen", row=user)
  % include("parts/controls", controls=controls, values=values, problems=problems)
  % if user.image:
  <div class="control">
    {{!portrait(user, 96)}}
    <label class="choice"><input name="remove" type="checkbox" value="yes"> Remove this portrait</label>
    <p class="hint">Or choose another one above in its place.</p>
  </div>
  % end
  <div class="actions">
    <button>Save</button>
    <a href="{{address(f"/users/{user.id}")}}">Cancel</a>
    <a class="danger" href="{{address(f"/users/{user.id}/delete")}}">Delete this user</a>
  </div>
</form>
% if user == me:
<p class="onward">Your password is changed on <a href="{{address("/account")}}">your account</a>.</p>
% end
