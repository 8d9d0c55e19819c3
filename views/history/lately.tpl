% rebase("layout", title="Undo what somebody did lately", description="All of it at once, after a look.", made_by="routes/history.py → models/change.py → views/history/lately.tpl")
<h1>Undo what somebody did lately</h1>
% if problems:
<div class="alert summary" role="alert" tabindex="-1" autofocus>
  <p>Nothing was undone.</p>
  <ul>
    % for name, words in problems.items():
    <li>{{name}} {{words}}</li>
    % end
  </ul>
</div>
% end
<form class="search asking" action="{{address("/history/lately")}}" method="get">
  <div class="filters">
    <div>
      <label for="person">{{person.label}}</label>
      % if person.choices:
      <select id="person" name="person" required>
        % for choice, words in person.choices:
        <option value="{{choice}}"{{" selected" if asked and choice == str(asked.person) else ""}}>{{words if choice else "–"}}</option>
        % end
      </select>
      % else:
      <input id="person" name="person" type="number" min="1" required value="{{asked.person if asked else ""}}">
      % end
    </div>
    <div>
      <label for="hours">In the last</label>
      <select id="hours" name="hours">
        % for choice, words in hours.items():
        <option value="{{choice}}"{{" selected" if asked and choice == str(asked.hours) else ""}}>{{words}}</option>
        % end
      </select>
    </div>
  </div>
  <div class="actions"><button>Look</button></div>
</form>
% if found and found.changes:
<p>{{"This change" if len(changes) == 1 else f"These {len(changes):,} changes"}} would be undone together: all or nothing.</p>
<form id="undo-lately" action="{{address("/history/lately")}}" method="post">
  % include("parts/once")
  <input name="person" type="hidden" value="{{asked.person}}">
  <input name="hours" type="hidden" value="{{asked.hours}}">
  <input name="newest" type="hidden" value="{{changes[0].id}}">
  <button>{{"Undo it" if len(changes) == 1 else f"Undo all {len(changes):,}"}}</button>
</form>
<div class="posts onward">
  % for change in changes:
  %   include("parts/change", change=change, with_undo=False, whole=False)
  % end
</div>
% elif found:
<p class="empty">There is nothing to undo.</p>
% end
% if found and found.left:
<h2>What would stay</h2>
<ul>
  % for change, refusals in found.left:
  <li><a href="{{address(f"/history/{change.id}")}}">Change {{change.id}}</a>:
    {{" ".join(each.words for each in refusals)}}</li>
  % end
</ul>
% end
