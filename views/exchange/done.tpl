% if done:
<div class="success" role="status">
  <p>{{" · ".join(words for words in (f"{done.get('added', 0):,} added", f"{done.get('changed', 0):,} changed", f"{done.get('same', 0):,} left as they were"))}}.
  % if can_be_read:
  <a href="{{address(f"/{plural}")}}">See all {{title.lower()}}</a>
  % end
  </p>
</div>
% end
