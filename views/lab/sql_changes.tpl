% # What is another one on the copy afterwards: tables, then rows, before and after.
% changes = result.changes
<h2>{{"What has changed" if result.done else "What would change"}}</h2>
% if not result.done:
<p class="rehearsal"><strong>This did not happen.</strong> It was tried on a copy of the database, which has been thrown away.</p>
% end
% if not changes["tables"] and not changes["schema"]:
<p>Nothing.</p>
% end
% if changes["schema"]:
<ul>
  % for each in changes["schema"]:
  <li>{{each["type"]}} <code>{{each["name"]}}</code> {{"is " + each["is"] if each["is"] != "changed" else "changes"}}</li>
  % end
</ul>
% end
% for name, table in changes["tables"].items():
<h3><code>{{name}}</code></h3>
% words = [f"{table[kind]:,} {'row' if table[kind] == 1 else 'rows'} {kind}" for kind in ("gone", "new", "changed") if table[kind]]
<p class="count">{{", ".join(words)}}; {{f"{table['before']:,}"}} before, {{f"{table['after']:,}"}} afterwards</p>
% shown = table["rows"][:100]
% whole = [row for row in shown if row["is"] != "changed"]
% if whole:
<div class="table sql-rows" role="region" aria-label="Rows of {{name}} that come or go" tabindex="0">
  <table>
    <thead><tr><th scope="col">Row</th>
      % for column in (whole[0]["before"] or whole[0]["after"]):
      <th scope="col">{{column}}</th>
      % end
    </tr></thead>
    <tbody>
      % for row in whole:
      <tr class="sql-{{row["is"]}}"><th scope="row">{{row["is"]}}</th>
        % for cell in (row["before"] or row["after"]).values():
        <td class="{{class_of_cell(cell)}}">{{"NULL" if cell is None else cell}}</td>
        % end
      </tr>
      % end
    </tbody>
  </table>
</div>
% end
% changed = [row for row in shown if row["is"] == "changed"]
% if changed:
<div class="table sql-rows" role="region" aria-label="Rows of {{name}} that change" tabindex="0">
  <table>
    <thead><tr><th scope="col">Row</th><th scope="col">Column</th><th scope="col">Before</th><th scope="col">Afterwards</th></tr></thead>
    <tbody>
      % for row in changed:
      % before, after = row["before"], row["after"]
      % first = next(iter(before.items()))
      % for column in dict.fromkeys([*before, *after]):
      % if before.get(column) != after.get(column) or (column in before) != (column in after):
      <tr class="sql-changed"><th scope="row">{{first[0]}} {{first[1]}}</th><td><code>{{column}}</code></td>
        <td class="{{class_of_cell(before.get(column))}}">{{"NULL" if before.get(column) is None else before[column]}}</td>
        <td class="{{class_of_cell(after.get(column))}}">{{"NULL" if after.get(column) is None else after[column]}}</td>
      </tr>
      % end
      % end
      % end
    </tbody>
  </table>
</div>
% end
% if len(shown) < table["gone"] + table["new"] + table["changed"]:
<p class="hint">Only the first {{len(shown)}} are shown.</p>
% end
% end
% if result.reason and not result.done:
<p class="hint">It cannot be done for real. {{result.reason}}</p>
% elif not result.done:
<form id="real" class="onward" action="{{address(f"/lab/sql/results/{result.key}/real")}}" method="post">
  % include("parts/once")
  <button class="danger">Do it for real</button>
  <p class="hint">Then these rows of your database change, all of them or none. When other rows would change by then, nothing is done.</p>
</form>
% end
