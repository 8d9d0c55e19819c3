% if next or previous:
<nav class="neighbours" aria-label="Pages">
  % if previous:
  <a class="button quiet" rel="prev" href="{{previous}}">Previous</a>
  % end
  % if next:
  <a class="button quiet" rel="next" href="{{next}}">Next</a>
  % end
</nav>
% end
