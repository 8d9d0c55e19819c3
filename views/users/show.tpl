% rebase("layout", title=user.name, made_by="routes/users.py → models/user.py → views/users/show.tpl")
% if is_new:
<p class="success" role="status">{{user.name}} was added.</p>
% end
<h1>{{user.name}}</h1>
<dl class="facts">
  <div><dt>User id</dt><dd>{{user.uid}}</dd></div>
  % if user.dob:
  <div><dt>Born</dt><dd>{{user.dob.isoformat()}}</dd></div>
  <div><dt>Age</dt><dd>{{user.age}}</dd></div>
  % end
  % if user.role == "admin":
  <div><dt>Role</dt><dd>Admin</dd></div>
  % end
  <div><dt>Posts</dt><dd>{{f"{user.posts_total:,}"}}</dd></div>
</dl>
<h2>Posts</h2>
% for post in rows:
%   include("parts/post", post=post, author=None)
% end
% if not rows:
<p class="empty">{{"No more posts here." if total else "Nothing written yet."}}</p>
% end
% include("parts/neighbours", next=next, previous=previous)
<p class="onward"><a href="/users">All users</a></p>
