% rebase("layout", title=f"Delete {group}", made_by="classroom/groups/pages.py → models/group.py → views/classroom/delete_group.tpl")
<h1>Delete {{group}}?</h1>
<p>{{"Nobody is in it." if not people else f"Its {people:,} {'person stays' if people == 1 else 'people stay'} on this site, with all that is theirs. They are only in this group no more."}}</p>
% if deletion["goes"]:
<p>What is for this group only goes with it, as it would be for everyone else:</p>
% end
% include("parts/deletion", deletion=deletion, it="it", has_history=True)
% if not me.is_admin:
<p>Only an admin can undo it.</p>
% end
<form id="delete-group" action="{{address(f"/groups/{group.id}/delete")}}" method="post">
  % include("parts/once")
  <div class="actions">
    <button class="danger">Delete</button>
    <a href="{{address(f"/groups/{group.id}")}}">Cancel</a>
  </div>
</form>
