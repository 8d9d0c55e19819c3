% rebase("layout", **({"script": "upload.js"} if has_files else {}), title=f"Change {name}", made_by=f"routes/resources.py → {file} → views/resources/edit.tpl")
<h1>Change {{name}}</h1>
% include("parts/alert", what="Nothing was changed yet", problems=problems, controls=controls)
<form id="edit" class="column" action="{{address(f"/{plural}/{row.id}/edit")}}" method="post"{{!' enctype="multipart/form-data"' if has_files else ""}}>
  % include("parts/once")
  % include("parts/seen", row=row)
  % include("parts/controls", controls=controls, values=values, problems=problems)
  % for picture in pictures:
  <div class="control">
    % include("parts/row_picture", picture=picture)
    <label class="choice"><input name="remove-{{picture.name}}" type="checkbox" value="yes"> Remove this picture ({{picture.label}})</label>
    <p class="hint">Or choose another one above in its place.</p>
  </div>
  % end
  <div class="actions">
    <button>Save</button>
    <a href="{{address(f"/{plural}/{row.id}")}}">Cancel</a>
    <a class="danger" href="{{address(f"/{plural}/{row.id}/delete")}}">Delete this {{singular}}</a>
  </div>
</form>
