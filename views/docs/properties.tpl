<div class="table" role="region" aria-label="{{heads[0]}}: {{about}}" tabindex="0">
  <table class="members">
    <thead>
      <tr><th scope="col">{{heads[0]}}</th><th scope="col">{{heads[1]}}</th></tr>
    </thead>
    <tbody>
      % for each in properties:
      <tr>
        <th scope="row"><code>{{each["name"]}}</code>{{" (required)" if is_asked and each["required"] else ""}}</th>
        <td>
          {{each["words"]}}
          % if each["schema_name"]:
          <a href="#{{each["schema_name"]}}">{{each["schema_name"]}}</a>
          % end
          % if each["description"]:
          <span class="hint">
          %   include("docs/words", words=each["description"])
          </span>
          % end
        </td>
      </tr>
      % end
    </tbody>
  </table>
</div>
