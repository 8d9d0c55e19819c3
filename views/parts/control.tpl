% if control.kind == "file" and not isinstance(value, str):  # one was chosen, and no page can give it back
%   problem = problem or "was not kept: please choose it again"
% end
% if control.kind == "password" and value and conflicts:
%   problem = problem or "was not kept: please type it again"
% end
% described = [f"{control.name}-{part}" for part, words in (("hint", control.hint), ("problem", problem)) if words]
% more = {"aria-invalid": "true"} if problem else {}
% more |= {"aria-describedby": " ".join(described)} if described else {}
% attributes = {"id": control.name, "name": control.name} | control.attributes | more
<div class="control">
  <label for="{{control.name}}">{{control.label}}{{"" if "required" in control.attributes else " (optional)"}}</label>
  % if control.kind == "select":
  <select
  % else:
  <{{"textarea rows=6" if control.kind == "textarea" else "input"}}
  % end
    % for attribute, setting in attributes.items():
    {{attribute}}="{{setting}}"
    % end
  % if control.kind == "select":
  >
    % for choice, words in control.choices:
    <option value="{{choice}}"{{" selected" if choice == value else ""}}>{{words}}</option>
    % end
  </select>
  % elif control.kind == "textarea":
  >
{{value}}</textarea>
  % else:
    type="{{control.kind}}" value="{{"" if control.kind in ("password", "file") else value}}">
  % end
  % if control.hint:
  <p class="hint" id="{{control.name}}-hint">{{control.hint}}</p>
  % end
  % if problem:
  <p class="problem" id="{{control.name}}-problem">{{control.label}} {{problem}}</p>
  % end
</div>
