% rebase("layout", title=f"{'Open' if closed else 'Close'} the account of {user}", made_by="classroom/accounts.py → models/closed_account.py → views/classroom/close_account.tpl")
<h1>{{"Open" if closed else "Close"}} the account of {{user}}?</h1>
% if closed:
%   include("parts/closed", closed=closed)
<p>When it is open again, {{user}} can log in with the password of before.</p>
<form id="open-account" action="{{address(f"/users/{user.id}/open")}}" method="post">
  % include("parts/once")
  <div class="actions">
    <button>Open it again</button>
    <a href="{{address(f"/users/{user.id}")}}">Cancel</a>
  </div>
</form>
% else:
%   if "user" in problems:
<p class="alert" role="alert">This account {{problems["user"]}}.</p>
%   end
<p>{{user}} is logged out everywhere, and cannot log in. A script with one of their tokens cannot, either. What they have made stays, and you can open the account again.</p>
<form id="close-account" class="column" action="{{address(f"/users/{user.id}/close")}}" method="post">
  % include("parts/once")
  % include("parts/controls", controls=controls, values=values, problems=problems)
  <div class="actions">
    <button class="danger">Close it</button>
    <a href="{{address(f"/users/{user.id}")}}">Cancel</a>
  </div>
</form>
% end
