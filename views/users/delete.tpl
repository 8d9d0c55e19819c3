% rebase("layout", title=f"Delete {user}", made_by="routes/users.py → models/user.py → views/users/delete.tpl")
<h1>Delete {{user}}?</h1>
% if problems:
<p class="alert" role="alert">{{user}} is the only admin. Make somebody else an admin first.</p>
% end
% include("parts/deletion", deletion=deletion, it="them", has_history=True)
<form id="delete-user" action="{{address(f"/users/{user.id}/delete")}}" method="post">
  % include("parts/once")
  <div class="actions">
    <button class="danger">Delete</button>
    <a href="{{address(f"/users/{user.id}")}}">Cancel</a>
    <a href="{{address(f"/users/{user.id}/erase")}}">Delete for good instead</a>
  </div>
</form>
