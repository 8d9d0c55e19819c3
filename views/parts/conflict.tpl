% # What somebody else has written, beside what would be written over it.
<div class="now" role="group" aria-label="{{control.label}}: what is there now">
  <p class="hint">There now</p>
  <p class="value">{{dict(control.choices).get(conflict.text, conflict.text) or "–"}}</p>
  % if not conflict.is_picture:
  <label class="choice"><input name="take-{{control.name}}" type="checkbox" value="yes"{{" checked" if conflict.is_only_theirs else ""}}> Take this one</label>
  % end
</div>
