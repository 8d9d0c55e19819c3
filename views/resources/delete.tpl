% rebase("layout", title=f"Delete {name}", made_by=f"routes/resources.py → {file} → views/resources/delete.tpl")
<h1>Delete {{name}}?</h1>
<p>What belongs to it goes too. Nobody can bring it back.</p>
<form id="delete" action="{{address(f"/{plural}/{row.id}/delete")}}" method="post">
  % include("parts/once")
  <div class="actions">
    <button class="danger">Delete</button>
    <a href="{{address(f"/{plural}/{row.id}")}}">Cancel</a>
  </div>
</form>
