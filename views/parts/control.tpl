% described = [f"{control.name}-{part}" for part, words in (("hint", control.hint), ("problem", problem)) if words]
<div class="control">
  <label for="{{control.name}}">{{control.label}}{{"" if "required" in control.attributes else " (optional)"}}</label>
  <input id="{{control.name}}" name="{{control.name}}" type="{{control.kind}}"
    % for attribute, limit in control.attributes.items():
    {{attribute}}="{{limit}}"
    % end
    % if control.kind != "password":
    value="{{value}}"
    % end
    % if problem:
    aria-invalid="true"
    % end
    % if described:
    aria-describedby="{{" ".join(described)}}"
    % end
  >
  % if control.hint:
  <p class="hint" id="{{control.name}}-hint">{{control.hint}}</p>
  % end
  % if problem:
  <p class="problem" id="{{control.name}}-problem">{{control.label}} {{problem}}</p>
  % end
</div>
