% rebase("layout", title=f"Delete {name}", made_by=f"routes/resources.py → {file} → views/resources/delete.tpl")
<h1>Delete {{name}}?</h1>
% include("parts/deletion", deletion=deletion, it="it", has_history=row.history)
<form id="delete" action="{{address(f"/{plural}/{row.id}/delete")}}" method="post">
  % include("parts/once")
  <div class="actions">
    % if not deletion["in_the_way"]:
    <button class="danger">Delete</button>
    % end
    <a href="{{address(f"/{plural}/{row.id}")}}">Cancel</a>
  </div>
</form>
