% # What the statements write, as it was found before they ran: their tables, what goes along with these, and triggers.
% if result.said["touches"]:
<h2>What it touches</h2>
<ul class="sql-touches">
  % for statement in result.said["touches"]:
  % target = statement[0][0] if statement else ""
  % for table in dict.fromkeys(table for table, _, by in statement if not by):
  <li><code>{{table}}</code>: {{" and ".join(dict.fromkeys(what for name, what, by in statement if name == table and not by))}}{{"" if table == target else f", as they refer to {target} or to what goes with it"}}</li>
  % end
  % end
  % written = [(table, by) for statement in result.said["touches"] for table, _, by in statement if by]
  % for table in dict.fromkeys(table for table, _ in written):
  % words = "the copies for the search, in" if table.startswith("folded") else "the history, in" if table in ("changes", "changed_rows") else ""
  % triggers = list(dict.fromkeys(by for name, by in written if name == table))
  <li>{{words}} <code>{{table}}</code>, by {{"the trigger" if len(triggers) == 1 else f"{len(triggers)} triggers:"}} <code>{{", ".join(triggers)}}</code></li>
  % end
</ul>
% end
