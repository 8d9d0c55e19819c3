% # The three texts of a twin, side by side.
<div class="twin-sides">
  <div>
    <h3>Python</h3>
    <pre class="twin-python" tabindex="0"><code>{{twin.python}}</code></pre>
    % if twin.is_expression:
    <p class="twin-more"><a href="{{address(f"/lab/twins/{table}")}}?expression={{quote(twin.python)}}">Change it<span class="unseen">: {{twin.title}}, in Python</span></a></p>
    % end
  </div>
  <div>
    <h3>Peewee’s SQL</h3>
    % if problem:
    <p class="alert">{{problem}}</p>
    % end
    % for statement in statements:
    % if not statement.is_quiet:
    <pre class="twin-sql" tabindex="0"><code>{{statement.sql}}</code></pre>
    % if statement.more:
    <p class="twin-more">… and {{statement.more}} more like this, with other values</p>
    % end
    % end
    % end
    % quiet = [statement for statement in statements if statement.is_quiet]
    % if quiet:
    <details>
      <summary>{{len(quiet)}} of the site’s own</summary>
      % for statement in quiet:
      <pre class="twin-sql" tabindex="0"><code>{{statement.sql}}</code></pre>
      % end
    </details>
    % end
  </div>
  <div>
    <h3>A person’s SQL</h3>
    <pre class="twin-sql" tabindex="0"><code>{{twin.sql}}</code></pre>
    <p class="twin-more"><a href="{{address("/lab/sql")}}?sql={{quote(twin.sql)}}">Change it<span class="unseen">: {{twin.title}}, in SQL</span></a></p>
  </div>
</div>
