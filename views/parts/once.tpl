% # So that a form that is sent twice is done once.
<input name="one-time-key" type="hidden" value="{{one_time_key()}}">
