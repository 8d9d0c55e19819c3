<nav class="tabs" aria-label="The lab">
  <ul>
    % for path, name in {"requests": "Requests", "tables": "Tables", "sql": "SQL", "twins": "Twins", "check": "Check", "doctor": "Doctor"}.items():
    <li><a href="{{address(f"/lab/{path}")}}"{{!' aria-current="page"' if path == room else ""}}>{{name}}</a></li>
    % end
  </ul>
</nav>
