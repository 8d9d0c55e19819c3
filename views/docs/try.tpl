<form class="try" data-path="{{address(operation["path"])}}" hidden>
  % for each in operation["parameters"]:
  % name = f"{operation['id']}-{each['name']}"
  <div class="control">
    <label for="{{name}}">{{each["name"]}}{{"" if each["required"] else " (optional)"}}</label>
    % if each["choices"]:
    <select id="{{name}}" name="{{each["name"]}}">
      <option value="">–</option>
      % for choice in each["choices"]:
      <option>{{choice}}</option>
      % end
    </select>
    % else:
    <input id="{{name}}" name="{{each["name"]}}" value="{{each["example"]}}"{{" required" if each["required"] else ""}}>
    % end
  </div>
  % end
  <button>Try it<span class="unseen">: {{operation["id"]}}</span></button>
  <div class="answer" role="status"></div>
</form>
