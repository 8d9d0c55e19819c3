% rebase("layout", title="Your slip", made_by="classroom/slips/link.py → models/slip.py → views/classroom/link.tpl", script="classroom/slip.js")
<h1>Your slip</h1>
% if "token" in problems:
<p class="alert" role="alert" tabindex="-1" autofocus>This link {{problems["token"]}}</p>
% end
<form id="slip" class="column" action="{{address("/slip")}}" method="post"{{"" if values["token"] else " hidden"}}>
  % if not controls:
  <p>This link lets you in once. Then you choose a password of your own.</p>
  % end
  % if logged_in:
  <p>{{logged_in.name}} is logged in here just now, and will be logged out.</p>
  % end
  <input name="token" type="hidden" value="{{values["token"]}}">
  % include("parts/controls", controls=controls, values={}, problems=problems)
  <div class="actions"><button>Log in</button></div>
</form>
<p id="no-token"{{!' hidden' if values["token"] else ""}}>Scan the code of your slip again, or
<a href="{{address("/login")}}">log in</a> with the user id and the one-time password that stand on it.</p>
