% rebase("layout", title="SQL", sheet="lab/sql.css", script="lab/sql.js", made_by="lab/sql/page.py → views/lab/sql.tpl")
% include("lab/rooms", room="sql")
<h1>SQL</h1>
<p class="lead">Any statement, without fear. What reads, reads a copy of the database. \\
% if can_change:
What changes something changes another copy, and you see which rows it would be.\\
% end
</p>
% if lines:
<p class="alert">{{off}}</p>
<pre class="taken" tabindex="0">{{lines}}</pre>
% else:
<details class="sql-examples"{{!"" if sql else " open"}}>
  <summary>Examples, made from your models</summary>
  % for table, each in examples.items():
  <h2><code>{{table}}</code></h2>
  <ul>
    % for example in each:
    % if can_change or example.sql.startswith("SELECT"):
    <li><a href="{{address("/lab/sql")}}?sql={{quote(example.sql)}}">{{example.words}}</a></li>
    % end
    % end
  </ul>
  % end
</details>
<form id="sql-form" class="sql-form" action="{{address("/lab/sql")}}" method="post">
  <label for="sql">Statements</label>
  <textarea id="sql" name="sql" rows="6" spellcheck="false" autocomplete="off" autocapitalize="none"{{!' aria-invalid="true" aria-describedby="sql-problem"' if result and result.problem else ""}}>
{{sql}}</textarea>
  <div class="actions"><button>Run</button></div>
</form>
% end
% if result:
<section id="result" aria-label="Result">
% include("lab/sql_result")
</section>
% end
<p class="hint">At most 2 seconds, 1,000 rows and 2 MiB. Passwords, digests and tokens are ••• in each copy.</p>
