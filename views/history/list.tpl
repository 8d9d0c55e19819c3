% rebase("layout", title="History", description="What was done, by whom, and how it is undone.", made_by="routes/history.py → models/change.py → views/history/list.tpl")
<div class="title">
  <h1>{{"History" if for_all else "What you did"}}</h1>
  % if for_all:
  <a class="button quiet" href="{{address("/history/lately" + (f"?person={texts['person']}" if texts.get("person") else ""))}}">Undo what somebody did lately</a>
  % end
</div>
<form class="search asking" role="search" action="{{address("/history")}}" method="get">
  <div class="filters">
    % for control in controls:
    <div>
      <label for="by-{{control.name}}">{{control.label}}</label>
      % if control.kind == "select":
      <select id="by-{{control.name}}" name="{{control.name}}">
        % for choice, words in control.choices:
        <option value="{{choice}}"{{" selected" if choice == texts.get(control.name, "") else ""}}>{{words}}</option>
        % end
      </select>
      % else:
      <input id="by-{{control.name}}" name="{{control.name}}" type="{{control.kind}}" value="{{texts.get(control.name, "")}}">
      % end
    </div>
    % end
  </div>
  <div class="actions">
    <button>Show these</button>
    % if any(texts.values()):
    <a href="{{address("/history")}}">Show all</a>
    % end
  </div>
</form>
% if texts.get("row"):
<p>Only of {{texts["model"]}} {{texts["row"]}}.</p>
% end
% if changes:
<div class="posts">
  % for change in changes:
  %   include("parts/change", change=change, with_undo=True, whole=False)
  % end
</div>
% else:
<p class="empty">Nothing was changed{{" that fits this" if any(texts.values()) else " yet"}}.</p>
% end
% if further:
<nav class="neighbours" aria-label="Pages"><a class="button quiet" rel="next" href="{{further}}">Older ones</a></nav>
% end
