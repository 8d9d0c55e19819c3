% for name, label in choices:
<div class="control">
  <label for="from-{{name}}">{{label}}</label>
  <select id="from-{{name}}" name="from-{{name}}">
    <option value="">–</option>
    % for number, heading in enumerate(headings):
    <option value="{{number}}"{{" selected" if columns.get(name) == number else ""}}>{{heading or "(no heading)"}}{{f" (column {number + 1})" if headings.count(heading) > 1 else ""}}</option>
    % end
  </select>
</div>
% end
