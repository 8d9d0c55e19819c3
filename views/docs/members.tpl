<div class="table" role="region" aria-label="{{heads[0]}}: {{about}}" tabindex="0">
  <table class="members">
    <thead>
      <tr><th scope="col">{{heads[0]}}</th><th scope="col">{{heads[1]}}</th></tr>
    </thead>
    <tbody>
      % for member in members:
      <tr>
        <th scope="row"><code>{{member["name"]}}</code>{{" (required)" if is_asked and member["required"] else ""}}</th>
        <td>
          {{member["words"]}}
          % if member["row"]:
          <a href="#{{member["row"]}}">{{member["row"]}}</a>
          % end
          % if member["description"]:
          <span class="hint">
          %   include("docs/words", words=member["description"])
          </span>
          % end
        </td>
      </tr>
      % end
    </tbody>
  </table>
</div>
