<section id="again">
  <h2>Run it again</h2>
  % if again.reason:
  <p>{{again.reason}}</p>
  % else:
  <form action="{{address(f"/lab/requests/{record.number}/again")}}" method="post">
    % if again.is_live:
    <p class="hint">It is asked for once more, {{"by you" if record.user_id else "by nobody"}}, and leads to its new record.</p>
    <button>Run again</button>
    % else:
    <p class="hint">It runs on a copy of the database and the pictures, as {{record.user or "nobody"}}. You see what would change. Then the copy is thrown away.</p>
    <button>Rehearse it</button>
    % end
  </form>
  % end
  <h3>Take it with you</h3>
  % for name, text in again.copies.items():
  <details>
    <summary>{{name}}</summary>
    <pre class="taken" tabindex="0">{{text}}</pre>
  </details>
  % end
</section>
