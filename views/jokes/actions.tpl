% # The buttons of a joke, on its page and in each row of the list. There, `back` leads to the same place again.
% # In a list they have no one-time key: a page with keys is made for one person, and this one is remembered for all.
% # A page that is made to be a file has no buttons that nobody would hear.
% for action, words, look in () if frozen else (("haha", "Haha", ""), ("boohoo", "Boohoo", "quiet")):
<form{{!"" if back else f' id="{action}"'}} action="{{address(f"/jokes/{row.id}/{action}")}}" method="post">
  % if back:
  <input name="back" type="hidden" value="{{back}}">
  % else:
  %   include("parts/once")
  % end
  <button{{!f' class="{look}"' if look else ""}}>{{words}}<span class="unseen"> to joke {{row.id}}</span></button>
</form>
% end
