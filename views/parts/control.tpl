% described = [f"{control.name}-{part}" for part, text in (("hint", control.hint), ("problem", problem)) if text]
<div class="control">
  <label for="{{control.name}}">{{control.label}}{{"" if "required" in control.attributes else " (optional)"}}</label>
  <input id="{{control.name}}" name="{{control.name}}" type="{{control.kind}}"
    % for name, value in control.attributes.items():
    {{name}}="{{value}}"
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
