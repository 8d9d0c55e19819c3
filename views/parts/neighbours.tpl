% if next or previous:
<nav class="neighbours" aria-label="Pages">
  % for words, rel, link in (("First", "", first), ("Previous", "prev", previous), ("Next", "next", next), ("Last", "", last)):
  % if link:
  <a class="button quiet"{{!f' rel="{rel}"' if rel else ""}} href="{{link}}">{{words}}</a>
  % end
  % end
</nav>
% end
