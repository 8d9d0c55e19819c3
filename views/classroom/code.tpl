% rebase("layout", title="Join a group", made_by="classroom/joining/join.py → models/joining.py → views/classroom/code.tpl")
<h1>Join a group</h1>
% include("parts/alert", what="That did not work", problems=problems, controls=controls)
<form id="code-form" class="column" action="{{address("/join")}}" method="get">
  % include("parts/controls", controls=controls, values=values, problems=problems)
  <div class="actions"><button>Go on</button></div>
</form>
