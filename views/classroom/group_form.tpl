% rebase("layout", title=f"Change {group}" if group else "Make a group", made_by="classroom/groups/pages.py → models/group.py → views/classroom/group_form.tpl")
<h1>{{f"Change {group}" if group else "Make a group"}}</h1>
% include("parts/alert", what="Nothing was saved yet", problems=problems, controls=controls)
<form id="{{"edit-group" if group else "new-group"}}" class="column" action="{{address(f"/groups/{group.id}/edit" if group else "/groups")}}" method="post">
  % include("parts/once")
  % if group:
  %   include("parts/seen", row=group)
  % end
  % include("parts/controls", controls=controls, values=values, problems=problems)
  <div class="actions">
    <button>{{"Save" if group else "Make it"}}</button>
    <a href="{{address(f"/groups/{group.id}" if group else "/groups")}}">Cancel</a>
    % if group:
    <a class="danger" href="{{address(f"/groups/{group.id}/delete")}}">Delete this group</a>
    % end
  </div>
</form>
