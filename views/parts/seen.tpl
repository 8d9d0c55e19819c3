% # So that a form which was made from older values does not write over newer ones.
<input name="seen-values" type="hidden" value="{{values.get("seen-values") or seen_values(row, [control.name for control in controls])}}">
