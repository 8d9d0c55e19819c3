% rebase("layout", title=f"Rehearsal of {record.method} {record.path}", made_by="lab/again.py → views/lab/rehearsal.tpl")
<h1>Rehearsal of {{record.method}} {{record.path}}</h1>
<p class="rehearsal"><strong>This did not happen.</strong> It was tried on a copy of the database and the pictures, which has been thrown away.</p>
<p><a href="{{address(f"/lab/requests/{record.number}")}}">Back to the request</a></p>
% if result["problem"]:
<p class="alert">{{result["problem"]}}</p>
% else:
% answer, again, files = result["answer"], result["record"], result["files"]
% if result["notes"]:
<ul>
  % for note in result["notes"]:
  <li>{{note}}</li>
  % end
</ul>
% end
<h2>What would change</h2>
% if not result["changes"]:
<p>No row.</p>
% end
% for table in result["changes"]:
<h3><code>{{table["table"]}}</code></h3>
% words = {"come": ("comes", "come"), "change": ("changes", "change"), "go": ("goes", "go")}
% said = [f"{table[name]} {'row' if table[name] == 1 else 'rows'} {words[name][table[name] != 1]}" for name in words if table[name]]
<p>{{", ".join(said)}}{{" or more" if table["more"] else ""}}</p>
<div class="table" tabindex="0" role="region" aria-label="Rows of {{table["table"]}}">
  % for row in table["rows"]:
  % before, after = row["before"], row["after"]
  % sides = [(word, side) for word, side in (("before", before), ("after", after)) if side is not None]
  <table class="changed">
    <thead><tr><th scope="col">{{"A row comes" if before is None else "A row goes" if after is None else "A row changes"}}</th>
    % for word, _ in sides:
    <th scope="col">{{word}}</th>
    % end
    </tr></thead>
    <tbody>
      % for name in sides[0][1]:
      <tr><th scope="row"><code>{{name}}</code></th>
      % for _, side in sides:
      <td>{{"NULL" if side[name] is None else side[name]}}</td>
      % end
      </tr>
      % end
    </tbody>
  </table>
  % end
</div>
% if table["more"]:
<p>Only the first {{len(table["rows"])}} are shown.</p>
% end
% end
% if files["come"] or files["go"]:
<h3>Pictures</h3>
<ul>
  % for name in files["come"]:
  <li><code>{{name}}</code> comes</li>
  % end
  % for name in files["go"]:
  <li><code>{{name}}</code> goes</li>
  % end
</ul>
% end
<h2>What would be answered</h2>
<p><strong>{{answer["status"]}} {{answer["phrase"]}}</strong>{{f", sent on to {answer['location']}" if answer["location"] else ""}}{{f", with the cookies {', '.join(answer['cookies'])}" if answer["cookies"] else ""}}, {{answer["bytes"]}} bytes. The request that was recorded got {{record.status}}.</p>
% if answer["text"]:
<details>
  <summary>Its body</summary>
  <pre class="taken" tabindex="0">{{answer["text"]}}</pre>
</details>
% end
% if again:
<h2>What it would take</h2>
<h3>Calls</h3>
<ol>
  % for each in again["calls"]:
  % if not each["shared"]:
  <li><code>{{each["name"]}}({{each["arguments"]}})</code> {{each["file"]}}:{{each["line"]}}</li>
  % end
  % end
</ol>
<h3>Statements</h3>
<ol class="statements">
  % for each in again["statements"]:
  <li><code>{{each["sql"]}}</code> {{each["values"] or ""}} {{f"{each['rows']} row{'s' * (each['rows'] != 1)}" if each["rows"] else ""}} {{each["by"] or ""}}{{f" – {each['error']}" if each["error"] else ""}}</li>
  % end
</ol>
% if failure:
<h2>It would fail</h2>
% include("lab/told", failure=failure)
% end
% end
<p class="hint">The rehearsal took {{result["seconds"]}} s, most of it to start a process of its own.</p>
% end
