% # What the statements write, as it was found before they ran: their tables, what goes along with these, and triggers.
% if result.said["touches"]:
<h2>What it touches</h2>
<ul class="sql-touches">
  % for statement in result.said["touches"]:
  % target = statement[0][0] if statement else ""
  % for table in dict.fromkeys(table for table, _, by in statement if not by):
  <li><code>{{table}}</code>: {{" and ".join(dict.fromkeys(what for name, what, by in statement if name == table and not by))}}{{"" if table == target else f", as they refer to {target} or to what goes with it"}}</li>
  % end
  % for by in dict.fromkeys(by for _, _, by in statement if by):
  % tables = dict.fromkeys(table for table, _, name in statement if name == by)
  % if all(table.startswith("folded") for table in tables):
  <li>the copies for the search, by the trigger <code>{{by}}</code></li>
  % else:
  <li>\\
    % for number, table in enumerate(tables):
{{", " if number else ""}}<code>{{table}}</code>\\
    % end
, by the trigger <code>{{by}}</code></li>
  % end
  % end
  % end
</ul>
% end
