% rebase("layout", title=twin.title, sheet="lab/twins.css", made_by="lab/twins/page.py → views/lab/twin.tpl")
% kind = "change" if twin.changes else "give"
<p class="twin-back"><a href="{{address(f"/lab/twins/{table}")}}#{{twin.name}}">All twins</a></p>
<h1>{{twin.title}}</h1>
% if found.is_same and not found.person.problem:
<p class="success" role="status"><strong>{{"Python and the person’s SQL" if twin.is_loop else "All three"}} {{kind}} the same rows.</strong>{{" This did not happen: it was done on copies, which have been thrown away." if twin.changes else ""}}</p>
% elif found.is_same:
<p class="alert" role="alert"><strong>All three are refused.</strong></p>
% else:
<p class="alert" role="alert"><strong>They do not {{kind}} the same rows.</strong> A class may have rules that its table does not know.</p>
% end
<h2>Side by side</h2>
% include("lab/twin_sides", twin=twin, statements=asked, problem="")
<div class="table twin-times" role="region" aria-label="Times" tabindex="0">
  <table>
    <thead><tr><th scope="col">Side</th><th scope="col" class="number">Statements</th><th scope="col" class="number">Time</th><th scope="col">How the rows are found</th></tr></thead>
    <tbody>
      % for name, side, count in (("Python", found.python, len(found.statements)), ("Peewee’s SQL", found.peewee, len(found.statements)), ("A person’s SQL", found.person, 1)):
      <tr><th scope="row">{{name}}</th><td class="number">{{count}}</td><td class="number">{{milliseconds(side.ms)}}</td><td>{{side.problem or "; ".join(side.plan)}}</td></tr>
      % end
    </tbody>
  </table>
</div>
% sides = [("The rows", found.person)] if found.is_same else [("Python", found.python), ("Peewee’s SQL", found.peewee), ("A person’s SQL", found.person)]
% for name, side in sides:
<h2>{{name}}</h2>
% include("lab/twin_rows", name=name, side=side, changes=twin.changes)
% end
% if found.gives:
<h2>What <code>read()</code> gives</h2>
<pre class="twin-python" tabindex="0"><code>{{found.gives}}</code></pre>
% end
<form class="onward" action="{{address(f"/lab/twins/{table}/{twin.name}")}}" method="post"><button class="quiet">Run all three again</button></form>
