<div class="lab-difference">
  <p><strong>{{each.says}}</strong></p>
  <p>{{each.cure}}</p>
  % if each.lines:
  <pre tabindex="0"><code>{{each.lines}}</code></pre>
  % end
</div>
