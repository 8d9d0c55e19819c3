% direction = "ascending" if sort == up else "descending" if sort == down else ""
<th scope="col"{{!f' class="{kind}"' if kind else ""}}{{!f' aria-sort="{direction}"' if direction else ""}}>
  <a href="{{sort_url(down if sort == up else up)}}">{{head}}</a>
</th>
