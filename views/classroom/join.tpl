% rebase("layout", title=f"Join {group}", made_by="classroom/joining/join.py → models/joining.py → views/classroom/join.tpl")
<h1>Join {{group.name}}</h1>
% include("parts/alert", what="Nobody knows of it yet", problems=problems, controls=controls)
<p>Say who you are, and choose a password. Then wait until your teacher lets you in.</p>
<form id="join" class="column" action="{{address("/join")}}" method="post">
  % include("parts/once")
  <input name="code" type="hidden" value="{{values["code"]}}">
  % include("parts/controls", controls=controls, values=values, problems=problems)
  <div class="actions"><button>Ask to come in</button></div>
</form>
