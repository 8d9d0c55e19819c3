% rebase("layout", title=f"Take away the rows of {group}", made_by="classroom/resetting/pages.py → models/group.py → views/classroom/resetting/show.tpl")
% if news:
%   include("parts/news", words=f"The rows of {group} were {news}.")
% end
<h1>Take away the rows of {{group}}?</h1>
% if problems:
<div class="alert" role="alert">
  <p>Nothing was changed:</p>
  <ul>
    % for what, words in problems.items():
    <li>{{{"backup": "A backup", "rows": "Rows", "samples": "Sample rows"}.get(what, what)}} {{words}}.</li>
    % end
  </ul>
</div>
% end
% if plan.members:
<p>These are the rows of {{len(plan.members)}} {{"person" if len(plan.members) == 1 else "people"}}:
  {{", ".join(str(each) for each in plan.members[:40])}}{{f" and {len(plan.members) - 40} more" if len(plan.members) > 40 else ""}}.</p>
% else:
<p>There is nobody in this group whose rows could go.</p>
% end
% if plan.going:
<ul>
  % for name, count in plan.going.items():
  <li>{{f"{count:,}"}} {{name}}</li>
  % end
</ul>
% elif plan.members:
<p>They have none.</p>
% end
% for name, count in plan.along.items():
<p><strong>{{f"{count:,}"}} {{name}} of others {{"goes" if count == 1 else "go"}} along.</strong></p>
% end
% for name, count in plan.staying.items():
<p>{{f"{count:,}"}} {{name}} of theirs {{"stays" if count == 1 else "stay"}}, as rows of others must refer to {{"it" if count == 1 else "them"}}.</p>
% end
<p>Their pictures go along. Accounts, portraits, passwords and groups stay, and so does what is for another group. Rows of
teachers and admins stay, too.</p>
<p>A backup is made first. It can also be undone, as long as the history has it.</p>
<form id="reset" action="{{address(f"/groups/{group.id}/reset")}}" method="post">
  % include("parts/once")
  <p><label class="choice"><input name="samples" type="checkbox" value="yes"{{" checked" if chosen.get("samples") else ""}}> Lay sample rows again: the lesson’s posts of these people, and the rows of each model that has none then</label></p>
  % if "backup" in problems:
  <p><label class="choice"><input name="without_backup" type="checkbox" value="yes"> Go on without a backup</label></p>
  % end
  <div class="actions">
    <button class="danger">Take them away</button>
    <a href="{{address(f"/groups/{group.id}")}}">Cancel</a>
  </div>
</form>
