% is_referred = any(row.referring for row in rows)
<div class="broad">
<div class="table" role="region" aria-label="Rows of {{name}}" tabindex="0">
  <table class="lab-rows">
    <thead>
      <tr>
        <th scope="col"><span class="unseen">The row alone</span></th>
        % for head in heads:
        % if head.sort:
        %   include("parts/sort_head", head=head.name, up=head.sort, down="-" + head.sort, look=head.look, is_marked=True)
        % else:
        <th scope="col"{{!f' class="{head.look}"' if head.look else ""}}>{{head.name}}</th>
        % end
        % end
        % if is_referred:
        <th scope="col">Refer to it</th>
        % end
      </tr>
    </thead>
    <tbody>
      % for number, row in enumerate(rows):
      <tr>
        <th scope="row"><a href="{{row.href}}" aria-label="Row {{row.cells[0][0].text if row.cells else number + 1}}">▸</a></th>
        % for head, (value, link) in zip(heads, row.cells):
        % look = f"lab-{value.kind} {head.look or ('lab-long' if len(value.text) > 24 else '')}".strip()
        % if link:
        <td class="{{look}}"><a href="{{link}}">{{value.text}}</a></td>
        % else:
        <td class="{{look}}">{{value.text}}</td>
        % end
        % end
        % if is_referred:
        <td>
          % for each in row.referring:
          <a class="lab-referring" href="{{each.href}}">{{each.words}}{{"" if each.total is None else f" {each.total:,}"}}</a>
          % end
        </td>
        % end
      </tr>
      % end
    </tbody>
  </table>
</div>
</div>
