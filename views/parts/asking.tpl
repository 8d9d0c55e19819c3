% # Search, filters and order are one form, so that each keeps the others. `label` is that of the search, if there is one.
% # A page that is made to be a file searches by a script, and leads to its other orders.
% if frozen:
%   include("parts/frozen_asking")
% else:
<form class="search asking" role="search" action="{{action}}" method="get">
  % if label:
  <label for="search">{{label}}</label>
  <div class="line">
    <input id="search" name="search" type="search" value="{{search}}" maxlength="100">
    <button>Search</button>
  </div>
  % end
  % if filters:
  <details{{" open" if is_filtered or problems else ""}}>
    <summary>Filter</summary>
    <div class="filters">
      % for asked in filters:
      <fieldset>
        <legend>{{asked.label}}</legend>
        % for control in asked.controls:
        % text, problem, has_end = texts.get(control.name, ""), problems.get(control.name, ""), len(asked.controls) > 1
        % more = {"aria-invalid": "true", "aria-describedby": f"by-{control.name}-problem"} if problem else {}
        <label for="by-{{control.name}}"{{!"" if has_end else ' class="unseen"'}}>{{control.label}}</label>
        % if control.kind == "select":
        <select id="by-{{control.name}}" name="{{control.name}}"
        % else:
        <input id="by-{{control.name}}" name="{{control.name}}" type="{{control.kind}}" value="{{text}}"
        % end
          % for attribute, setting in {**control.attributes, **more}.items():
          {{attribute}}="{{setting}}"
          % end
        >
        % if control.kind == "select":
          % for choice, words in control.choices:
          <option value="{{choice}}"{{" selected" if choice == text else ""}}>{{words}}</option>
          % end
        </select>
        % end
        % if problem:
        <p class="problem" id="by-{{control.name}}-problem">{{asked.label}} {{control.label if has_end else ""}} {{problem}}</p>
        % end
        % end
      </fieldset>
      % end
    </div>
    <div class="actions">
      <button>Show these</button>
      % if is_filtered or problems or search:
      <a href="{{unfiltered}}">Show all</a>
      % end
    </div>
  </details>
  % end
  <div class="sorting">
    <label for="sort">Sorted by</label>
    <div class="line">
      <select id="sort" name="sort">
        % for value, words in sorts:
        <option value="{{value}}"{{" selected" if value == sort else ""}}>{{words}}</option>
        % end
      </select>
      <button class="quiet">Sort</button>
    </div>
  </div>
</form>
% end
