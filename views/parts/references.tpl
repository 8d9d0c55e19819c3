% # What a drawing shows, for those who cannot see it.
<details{{" open" if len(tables) <= 12 else ""}}>
  <summary>The same in words</summary>
  <ul>
    % for name, keys in tables.items():
    % if keys:
    <li><code>{{name}}</code> refers to
    %   for number, (key, to) in enumerate(keys):
    {{"" if not number else "and to" if number == len(keys) - 1 else ", to"}} <code>{{to}}</code> by <code>{{key}}</code>\\
    %   end
.</li>
    % else:
    <li><code>{{name}}</code> refers to no other table.</li>
    % end
    % end
  </ul>
</details>
