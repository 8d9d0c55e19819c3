% rebase("layout", title="Twins", sheet="lab/twins.css", made_by="lab/twins/page.py → views/lab/twins.tpl")
% include("lab/rooms", room="twins")
<h1>Twins</h1>
<p class="lead">The same three times: as you write it in Python, as Peewee says it to the database, and as a person writes it in SQL.</p>
<form id="expression-form" class="twins-form" action="{{address("/lab/twins")}}" method="post">
  <input type="hidden" name="table" value="{{table}}">
  <label for="expression">Try an expression of your own</label>
  <textarea id="expression" name="expression" rows="3" maxlength="2000" spellcheck="false" autocomplete="off" autocapitalize="none" aria-describedby="expression-hint{{" expression-problem" if refused else ""}}"{{!' aria-invalid="true"' if refused else ""}}>
{{expression}}</textarea>
  <p class="hint" id="expression-hint">Like <code>{{min((each.twin.python for each in twins if each.twin.is_expression and ".where(" in each.twin.python), key=len)}}</code>. There are {{", ".join(each.__name__ for each in models.values())}}, fn and JOIN. It is read, not run: its SQL is run on a copy.</p>
  % if refused:
  <p class="alert" id="expression-problem" role="alert">{{refused}}</p>
  % end
  <div class="actions"><button>Run</button></div>
</form>
% if result:
<section id="result" class="twins-result" aria-label="Result">
  <h2>Its SQL</h2>
  <pre class="twin-sql" tabindex="0"><code>{{in_lines(result.sql)}}</code></pre>
  <p><a href="{{address("/lab/sql")}}?sql={{quote(result.sql)}}">Go on with this SQL</a></p>
  % include("lab/sql_result")
</section>
% end
<nav class="tabs" aria-label="Models">
  <ul>
    % for name, each in models.items():
    <li><a href="{{address(f"/lab/twins/{name}")}}"{{!' aria-current="page"' if name == table else ""}}>{{each.__name__}}</a></li>
    % end
  </ul>
</nav>
<nav class="tabs" aria-label="Twins of {{model.__name__}}">
  <ul>
    % for each in twins:
    <li><a href="#{{each.twin.name}}">{{each.twin.title}}</a></li>
    % end
  </ul>
</nav>
% names = {each.twin.name for each in twins}
% if "read" not in names:
<p class="hint">There is no row in <code>{{table}}</code> yet. When there is one, you find here how to read, update and delete it.</p>
% end
% if "join" not in names:
<p class="hint">{{model.__name__}} refers to no other model, and none to it: so there is nothing to join.</p>
% end
% for each in twins:
% twin = each.twin
<section class="twin" id="{{twin.name}}">
  <h2>{{twin.title}}</h2>
  % if twin.about:
  <p>{{twin.about}}</p>
  % end
  % include("lab/twin_sides", twin=twin, statements=each.statements, problem=each.problem)
  % if can_run:
  <form action="{{address(f"/lab/twins/{table}/{twin.name}")}}" method="post">
    <button class="quiet">Run all three<span class="unseen">: {{twin.title}}</span></button>
  </form>
  % end
</section>
% end
<p class="hint">All of it is run on a copy without passwords and tokens, and nothing of it happens. <a href="{{address(f"/lab/twins/{table}.json")}}">The same for programs</a>, in JSON.</p>
