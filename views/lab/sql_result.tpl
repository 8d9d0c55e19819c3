% # What came of the statements: why they came to nothing, what they would change, and what each of them gave.
% if result.problem:
<p class="alert" id="sql-problem" role="alert">{{result.problem}}</p>
% end
% if result.done:
<p class="success" role="status"><strong>It is done.</strong> {{result.done}}</p>
<p class="hint">Pictures of posts that are gone stay until <code>python -m models sweep</code>.</p>
% elif result.said["touches"] or result.changes is not None:
% include("lab/sql_touches")
% end
% for note in result.said["notes"]:
<p class="alert">{{note}}</p>
% end
% if result.changes is not None:
% include("lab/sql_changes")
% end
% many = len(result.statements) > 1
% for number, each in enumerate(result.statements, 1):
% if many or each["columns"]:
<h2>{{f"Statement {number}" if many else "Rows"}}</h2>
% end
% if many:
<pre class="sql-text" tabindex="0">{{each["sql"]}}</pre>
% end
% if each["columns"]:
% count = len(each["rows"])
<p class="count">{{f"{count:,}"}} {{"row" if count == 1 else "rows"}}, {{milliseconds(each["ms"])}}</p>
% if each["cut"]:
<p class="sql-cut">{{each["cut"]}}</p>
% end
% if count:
<div class="table sql-rows" role="region" aria-label="Rows{{f" of statement {number}" if many else ""}}" tabindex="0">
  <table>
    <thead><tr>
      % for name in each["columns"]:
      <th scope="col">{{name}}</th>
      % end
    </tr></thead>
    <tbody>
      % for row in each["rows"]:
      <tr>
        % for cell in row:
        <td class="{{class_of_cell(cell)}}">{{"NULL" if cell is None else cell}}</td>
        % end
      </tr>
      % end
    </tbody>
  </table>
</div>
% end
% else:
<p class="count">{{"It gives no rows" if each["kind"] != "change" else f"{each['count']:,} {'row' if each['count'] == 1 else 'rows'} of its table"}}, {{milliseconds(each["ms"])}}</p>
% end
% if each["plan"]["tree"]:
<details class="sql-plan">
  <summary>How the rows are found{{f": {'; '.join(each['plan']['words'])}" if each["plan"]["words"] else ""}}</summary>
  <pre tabindex="0">{{each["plan"]["tree"]}}</pre>
</details>
% end
% end
% if not result.problem:
<p class="onward">Keep it: <a href="{{address(f"/lab/sql/results/{result.key}.csv")}}" download>CSV</a> · <a href="{{address(f"/lab/sql/results/{result.key}.json")}}" download>JSON</a></p>
% end
