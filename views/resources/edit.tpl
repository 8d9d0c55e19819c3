% rebase("layout", title=f"Change {name}", made_by=f"routes/resources.py → {file} → views/resources/edit.tpl")
<h1>Change {{name}}</h1>
% include("parts/alert", what="Nothing was changed yet", problems=problems)
<form id="edit" class="column" action="{{address(f"/{plural}/{row.id}/edit")}}" method="post">
  % include("parts/once")
  % include("parts/controls", controls=controls, values=values, problems=problems)
  <div class="actions">
    <button>Save</button>
    <a href="{{address(f"/{plural}/{row.id}")}}">Cancel</a>
    <a class="danger" href="{{address(f"/{plural}/{row.id}/delete")}}">Delete this {{singular}}</a>
  </div>
</form>
