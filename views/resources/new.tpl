% rebase("layout", **({"script": "upload.js"} if has_files else {}), title=f"Add a {singular}", made_by=f"routes/resources.py → {file} → views/resources/new.tpl")
% if news:
%   include("parts/news", words=f"The {singular} was {news}.")
% end
<h1>Add a {{singular}}</h1>
% include("parts/alert", what="Nothing was added yet", problems=problems, controls=controls)
<form id="new" class="column" action="{{address(f"/{plural}")}}" method="post"{{!' enctype="multipart/form-data"' if has_files else ""}}>
  % include("parts/once")
  % include("parts/controls", controls=controls, values=values, problems=problems)
  <div class="actions">
    <button>Add this {{singular}}</button>
    <a href="{{address(f"/{plural}")}}">Cancel</a>
  </div>
</form>
