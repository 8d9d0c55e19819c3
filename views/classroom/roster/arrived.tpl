% rebase("layout", title="Import users", made_by="classroom/roster/pages.py → models/user.py → views/classroom/roster/arrived.tpl")
<div class="success" role="status"><p>{{told}}</p></div>
<h1>The class is in</h1>
% if arrived:
<p>They have no passwords yet. <a href="{{address(slips_path)}}">Print slips with one-time passwords</a>, for one group after the other.</p>
% end
<p class="onward"><a href="{{address("/users")}}">See all users</a></p>
