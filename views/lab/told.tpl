<p class="alert"><strong>{{failure.kind}}</strong>{{f": {failure.message}" if failure.message else ""}}</p>
% if not failure.own:
<p>None of your own lines was under way.</p>
% end
% for number, frame in enumerate(failure.own):
<div class="frame">
  <h3>{{"In" if number == 0 else "which was called in"}} <code>{{frame.name}}</code>, <code>{{frame.place}}</code></h3>
  % if frame.lines:
  <pre class="source" tabindex="0">\\
  % for line, text in frame.lines:
<span{{!' class="here"' if line == frame.place.line else ""}}>{{"→" if line == frame.place.line else " "}} {{f"{line:4}"}}  {{text}}
</span>\\
  % end
</pre>
  % end
  % if frame.variables:
  <details{{!" open" if number == 0 else ""}}>
    <summary>Its variables</summary>
    <dl class="variables">
      % for each in frame.variables:
      <dt><code>{{each.name}}</code></dt>
      <dd><code>{{each.text}}</code>{{f" – it says: {each.says}" if each.says else ""}}</dd>
      % end
    </dl>
  </details>
  % end
</div>
% end
% if failure.others:
<details>
  <summary>The whole way, with lines that are not yours</summary>
  % if failure.left_out:
  <p>{{failure.left_out}} calls in between are left out.</p>
  % end
  <ol>
    % for frame in failure.frames:
    <li>{{"" if frame.is_own else "· "}}<code>{{frame.name}}</code> <code>{{frame.place}}</code></li>
    % end
  </ol>
</details>
% end
