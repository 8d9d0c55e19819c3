% direction = "ascending" if sort == up else "descending" if sort == down else ""
% direction = direction if is_marked else ""
<th scope="col"{{!f' class="{look}"' if look else ""}}{{!f' aria-sort="{direction}"' if direction else ""}}>
  <a href="{{sort_url(down if sort == up else up)}}">{{head}}</a>
</th>
