<form id="import" class="column" action="{{address(f"/{plural}/import")}}" method="post" enctype="multipart/form-data">
  <p>Nothing is written yet: first you see what would become of each row.</p>
  <div class="control">
    <label for="file">A file</label>
    % problem = problems.get("file")
    <input id="file" name="file" type="file" accept=".csv,.tsv,.txt,.json,text/csv,application/json" aria-describedby="file-hint{{" file-problem" if problem else ""}}"{{!' aria-invalid="true" autofocus' if problem else ""}}>
    <p class="hint" id="file-hint">CSV or JSON, at most 16 MiB. From a spreadsheet: “Save as”, then CSV.</p>
    % if problem:
    <p class="problem" id="file-problem" role="alert">A file {{problem}}</p>
    % end
  </div>
  <div class="control">
    <label for="text">Or text, pasted</label>
    <textarea id="text" name="text" rows="6" spellcheck="false" aria-describedby="text-hint">
{{values.get("text", "")}}</textarea>
    <p class="hint" id="text-hint">The first line says what the columns are: {{", ".join(fields)}}.</p>
  </div>
  <div class="actions">
    <button>Look at it</button>
    <a href="{{address(f"/{plural}")}}">Cancel</a>
  </div>
</form>
