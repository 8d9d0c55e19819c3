% rebase("layout", title=f"Import {title.lower()}", made_by=f"routes/exchange.py → {file} → views/exchange/preview.tpl")
<h1>Import {{title.lower()}}</h1>
% if alarm:
<p class="alert" role="alert">{{alarm}}</p>
% end
% total = len(problems) + sum(count for _, count in more_problems)
% if total:
<p class="alert" role="alert">Nothing can be imported yet: {{f"{total:,} problem{'s' * (total != 1)}"}}. Mend the file and send it again, or read it in another way below.</p>
% else:
<p class="status-line" role="status">
  {{f"{counts['new']:,} new"}}{{f", {counts['changed']:,} to be changed" if wish.changes else ""}}{{f", {counts['same'] + counts['passed']:,} that stay as they are" if wish.match else ""}}.
  % if not counts["new"] + counts["changed"]:
  There is nothing to import{{"" if wish.changes or not counts["passed"] else ": tick “Change what is there” below if these rows shall be changed"}}.
  % end
</p>
% end
% if secret:
<p class="hint">Nobody’s password comes from a file, and none was kept of {{", ".join(f"“{each}”" for each in secret)}}.</p>
% end
<div class="actions">
  % if not total and counts["new"] + counts["changed"]:
  <form id="agree" action="{{address(f"/{plural}/import/{key}")}}" method="post">
    % include("parts/once")
    % for name, text in settings.items():
    <input name="{{name}}" type="hidden" value="{{text}}">
    % end
    <button>Import {{"this row" if counts["new"] + counts["changed"] == 1 else "these rows"}}</button>
  </form>
  % end
  <form id="cancel" action="{{address(f"/{plural}/import/{key}/cancel")}}" method="post"><button class="quiet">Cancel</button></form>
</div>
% if total:
<h2>What is wrong</h2>
<div class="table long-list" role="region" aria-label="What is wrong" tabindex="0">
  <table>
    <thead><tr><th scope="col" class="number">Line</th><th scope="col">Problem</th><th scope="col">There stands</th></tr></thead>
    <tbody>
      % for problem in problems:
      <tr><td class="number">{{problem.line or ""}}</td><td><bdi>{{problem.heading}}</bdi> {{problem.message}}</td><td><bdi>{{problem.value}}</bdi></td></tr>
      % end
      % for (heading, message), count in more_problems:
      <tr><td class="number">…</td><td><bdi>{{heading}}</bdi> {{message}}</td><td>{{f"in {count:,} more lines"}}</td></tr>
      % end
    </tbody>
  </table>
</div>
% end
% if first:
<h2>How it is read</h2>
% include("exchange/first_rows")
% end
% if left_out:
<p class="left-out">Left out, as no field has it: {{", ".join(f"“{each}”" for each in left_out)}}.</p>
% end
<form id="reading" class="reading" action="{{address(f"/{plural}/import/{key}")}}" method="get">
  <input name="seen" type="hidden" value="{{settings["seen"]}}">
  % if not form.is_json:
  %   include("exchange/file_settings")
  % end
  <fieldset>
    <legend>The columns</legend>
    % include("exchange/column_choices")
  </fieldset>
  <fieldset>
    <legend>The rows</legend>
    <div class="control">
      <label for="match">A row is there already when it has the same</label>
      <select id="match" name="match">
        <option value="">– (every row is new)</option>
        % for name, label in matches:
        <option value="{{name}}"{{" selected" if name == wish.match else ""}}>{{label}}</option>
        % end
      </select>
    </div>
    <label class="choice"><input name="adds" type="checkbox" value="yes"{{" checked" if wish.adds else ""}}> Add what is new</label>
    <label class="choice"><input name="changes" type="checkbox" value="yes"{{" checked" if wish.changes else ""}}> Change what is there</label>
  </fieldset>
  <div class="actions"><button class="quiet">Look again</button></div>
</form>
