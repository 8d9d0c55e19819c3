% rebase("layout", title="Import users", sheet="classroom/roster.css", made_by="classroom/roster/pages.py → models/user.py → views/classroom/roster/new.tpl")
% include("exchange/done")
<h1>Import a class</h1>
<form id="roster" class="column" action="{{address("/users/import/roster")}}" method="post" enctype="multipart/form-data">
  <p>The list that your school’s program exports, as it is. Nothing is written yet: first you see each person, and what would become of them.</p>
  <div class="control">
    <label for="roster-file">A file</label>
    % problem = problems.get("file")
    <input id="roster-file" name="file" type="file" accept=".csv,.tsv,.txt,.json,text/csv,text/plain,application/json" aria-describedby="roster-file-hint{{" roster-file-problem" if problem else ""}}"{{!' aria-invalid="true" autofocus' if problem else ""}}>
    <p class="hint" id="roster-file-hint">CSV from a gradebook, a school’s records or a spreadsheet. At most 16 MiB.</p>
    % if problem:
    <p class="problem" id="roster-file-problem" role="alert">A file {{problem}}</p>
    % end
  </div>
  <div class="control">
    <label for="roster-text">Or text, pasted</label>
    <textarea id="roster-text" name="text" rows="6" spellcheck="false" aria-describedby="roster-text-hint">
</textarea>
    <p class="hint" id="roster-text-hint">A name in each line is enough.</p>
  </div>
  % if groups:
  <div class="control">
    <label for="roster-group">Into the group</label>
    <select id="roster-group" name="group">
      % if is_admin:
      <option value="">– (no group, or a new one)</option>
      % end
      % for group in groups:
      <option value="{{group.id}}"{{" selected" if str(group.id) == chosen else ""}}>{{group.name}}</option>
      % end
    </select>
  </div>
  % end
  <details{{" open" if problems.get("roles") else ""}}>
    <summary>It is OneRoster 1.2</summary>
    <div class="control">
      <label for="roster-roles">Its roles.csv (optional)</label>
      % problem = problems.get("roles")
      <input id="roster-roles" name="roles" type="file" accept=".csv,text/csv" aria-describedby="roster-roles-hint{{" roster-roles-problem" if problem else ""}}"{{!' aria-invalid="true"' if problem else ""}}>
      <p class="hint" id="roster-roles-hint">It says who teaches: these are left out then.</p>
      % if problem:
      <p class="problem" id="roster-roles-problem" role="alert">The second file {{problem}}</p>
      % end
    </div>
  </details>
  <div class="actions">
    <button>Look at it</button>
    <a href="{{address("/users")}}">Cancel</a>
  </div>
</form>
% if is_admin:
<details class="roster-rows">
  <summary>Rows of the table users, as this site exports them</summary>
  % problems = {}
  % include("exchange/form")
</details>
% end
