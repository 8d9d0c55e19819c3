% rebase("layout", title="Check", sheet="lab/check.css", made_by="lab/checking/page.py → views/lab/check.tpl")
% include("lab/rooms", room="check")
<h1>Check</h1>
<p class="lead">The tasks of the lesson for a model of your own. Your file runs on a database that is thrown away.</p>
% if models:
<form class="check-form" action="{{address("/lab/check")}}" method="post">
  % for model in models:
  <button name="model" value="{{model}}">Check {{model}}</button>
  % end
  % if len(models) > 1:
  <button name="model" value="{{all_models}}">Check all</button>
  % end
</form>
% else:
<p class="empty">There is no model of your own yet. Make one: <code>python -m models new planet name:char</code></p>
% end
% if problem:
<p class="alert" role="alert">{{problem}}</p>
% end
% for verdict in verdicts:
<section class="verdict" aria-labelledby="verdict-{{verdict.model}}">
  <h2 id="verdict-{{verdict.model}}">{{verdict.model}}: {{verdict.done}} of {{len(verdict.lines)}}</h2>
  <ol class="tasks">
    % for line in verdict.lines:
    <li class="{{line.state.replace(" ", "-")}}">
      <p class="task"><span class="state">{{line.state}}</span> <span>{{line.asks}}</span></p>
      % if line.says:
      <p class="says">\\
      % if line.place:
<code>{{line.place}}</code> \\
      % end
{{line.says}}</p>
      % end
    </li>
    % end
  </ol>
</section>
% end
% if not verdicts:
<h2>What is looked at</h2>
<ol class="tasks">
  % for task in tasks:
  <li><p>{{task.asks}}</p></li>
  % end
</ol>
% end
<p class="hint">The same in a terminal: <code>python -m models check planet</code></p>
