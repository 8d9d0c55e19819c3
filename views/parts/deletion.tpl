% # What becomes of other rows, before somebody deletes this one; `it` is it or them.
% for some in deletion["in_the_way"]:
<p class="alert" role="alert">{{some.in_words("is in the way", "are in the way")}} Delete what is in the way first, or let it refer to another one.</p>
% end
% if not deletion["in_the_way"]:
% for some in deletion["goes"]:
<p>
  {{some.in_words(f"goes with {it}", f"go with {it}")}}
  % if some.others:
  <strong>{{some.others_in_words}}</strong>
  % end
</p>
% end
% for some in deletion["emptied"]:
<p>{{some.in_words(f"stays without {it}", f"stay without {it}")}}</p>
% end
% if it == "them":
<p>An admin can undo this, as long as the history has it; the password and the logins do not come back.</p>
% elif has_history:
<p>It can be undone, as long as the history has it.</p>
% else:
<p>Nobody can bring {{"them" if deletion["goes"] else "it"}} back.</p>
% end
% end
