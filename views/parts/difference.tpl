% # What somebody else has written, beside what would be written over it.
<div class="now" role="group" aria-label="{{control.label}}: what is there now">
  <p class="hint">There now</p>
  <p class="value">{{dict(control.choices).get(difference.text, difference.text) or "–"}}</p>
  % if not difference.is_picture:
  <label class="choice"><input name="take-{{control.name}}" type="checkbox" value="yes"{{" checked" if difference.is_only_theirs else ""}}> Take this one</label>
  % end
</div>
