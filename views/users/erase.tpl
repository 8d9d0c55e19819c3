% rebase("layout", title=f"Delete {name} for good", made_by="routes/erasing.py → models/user.py → views/users/erase.tpl")
<h1>Delete {{name}} for good?</h1>
% if problems:
<p class="alert" role="alert">{{name}} is the only admin. Make somebody else an admin first.</p>
% end
% for some in deletion["goes"]:
<p>
  {{some.in_words("goes with them", "go with them")}}
  % if some.others:
  <strong>{{some.others_in_words}}</strong>
  % end
</p>
% end
% for some in deletion["emptied"]:
<p>{{some.in_words("stays without them", "stay without them")}}</p>
% end
<p>What the history knows of them is erased too, with the pictures that were kept. Where they did something, it says
  “a former member”. <strong>Nobody can bring anything of it back.</strong></p>
<p>Backups that were made before still have it, until they are removed in their turn.</p>
% if me and me.id == id:
<p><a href="{{address("/account/export")}}" download>Take all that is known of you along first</a>, as one file.</p>
% end
<form id="erase-user" action="{{address(f"/users/{id}/erase")}}" method="post">
  % include("parts/once")
  <div class="actions">
    <button class="danger">Delete for good</button>
    <a href="{{back}}">Cancel</a>
  </div>
</form>
