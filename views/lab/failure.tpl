% failure = record.failure
% until = [each for each in record.statements[:failure.asked] if not each.is_control]
<section class="failure" id="failure">
  <h2>Something went wrong here</h2>
  % include("lab/told", failure=failure)
  % for each in failure.before:
  <h3>{{each.words}}</h3>
  % include("lab/told", failure=each)
  % end
  <h3>What had been asked of the database until then</h3>
  % if until:
  <ol>
    % for each in until:
    <li><code>{{each.sql}}</code> {{each.values or ""}}{{f" – {each.error}" if each.error else ""}}</li>
    % end
  </ol>
  % else:
  <p>Nothing.</p>
  % end
</section>
