% # The rows that one side of a twin gave or changed.
% if side.problem:
<p class="alert">{{side.problem}}</p>
% elif changes and not side.tables:
<p>No row.</p>
% end
% for table, changed in side.tables.items():
<h3><code>{{table}}</code></h3>
<p class="count">{{", ".join(f"{changed[each]:,} {'row' if changed[each] == 1 else 'rows'} {each}" for each in ("gone", "new", "changed") if changed[each])}}</p>
<div class="table twin-rows" role="region" aria-label="Rows of {{table}}, {{name}}" tabindex="0">
  <table>
    <thead><tr><th scope="col">Row</th>
      % columns = next(iter(changed["rows"]))["after"] or next(iter(changed["rows"]))["before"]
      % for column in columns:
      <th scope="col">{{column}}</th>
      % end
    </tr></thead>
    <tbody>
      % for row in changed["rows"][:50]:
      % for word, cells in ((("before", row["before"]), ("after", row["after"])) if row["is"] == "changed" else ((row["is"], row["before"] or row["after"]),)):
      <tr><th scope="row">{{word}}</th>
        % for cell in cells.values():
        <td class="{{class_of_cell(cell)}}">{{"NULL" if cell is None else cell}}</td>
        % end
      </tr>
      % end
      % end
    </tbody>
  </table>
</div>
% end
% if not changes and not side.problem:
<p class="count">{{f"{len(side.rows):,}"}} {{"row" if len(side.rows) == 1 else "rows"}}{{". " + side.cut if side.cut else ""}}</p>
% if side.rows:
<div class="table twin-rows" role="region" aria-label="Rows, {{name}}" tabindex="0">
  <table>
    % if side.columns:
    <thead><tr>
      % for column in side.columns:
      <th scope="col">{{column}}</th>
      % end
    </tr></thead>
    % end
    <tbody>
      % for row in side.rows[:50]:
      <tr>
        % for cell in row:
        <td class="{{class_of_cell(cell)}}">{{"NULL" if cell is None else cell}}</td>
        % end
      </tr>
      % end
    </tbody>
  </table>
</div>
% if len(side.rows) > 50:
<p class="hint">The first 50 are shown.</p>
% end
% end
% end
