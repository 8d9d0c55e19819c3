% rebase("layout", title=user, description=f"{user}, one of the users of this site, and what they wrote.", made_by="routes/users.py → models/user.py → views/users/show.tpl")
% if news:
%   include("parts/news", words=f"{user} was {news}.")
% end
% is_mine = bool(me) and (me == user or me.is_admin)
<div class="title">
  <div class="person">
    {{!portrait(user, 96)}}
    <h1 data-row="users-{{user.id}}">{{cell_text(user, "name")}}</h1>
  </div>
  % if is_mine:
  <a class="button quiet" href="{{address(f"/users/{user.id}/edit")}}">Edit</a>
  % end
</div>
% if taught and taught.closed:
%   include("parts/closed", closed=taught.closed)
% end
<dl class="facts">
  <div><dt>User id</dt><dd>{{cell_text(user, "uid")}}</dd></div>
  % if user.dob or "dob" in user.unreadable:
  <div><dt>Born</dt><dd>{{cell_text(user, "dob")}}</dd></div>
  % end
  % if user.dob:
  <div><dt>Age</dt><dd>{{user.age}}</dd></div>
  % end
  % if user.is_admin:
  <div><dt>Role</dt><dd>Admin</dd></div>
  % end
  <div><dt>Posts</dt><dd>{{f"{user.posts_total:,}"}}</dd></div>
</dl>
<h2>Posts</h2>
% include("parts/posts", posts=rows, with_author=False, with_links=True)
% if not rows:
<p class="empty">
  {{"No more posts here." if total else "Nothing written yet."}}
  % if me == user:
  <a href="{{address("/posts/new")}}">Write a post</a>.
  % end
</p>
% end
% if next or previous:
% include("parts/count", single="post", many="posts", chart_url="", files=[])
% include("parts/neighbours")
% end
% include("parts/referring")
<p class="onward"><a href="{{address("/users")}}">All users</a>
% if is_mine:
· <a href="{{address(f"/history?model=users&row={user.id}")}}">What became of this row</a>
% end
% if classroom and taught and me != user:
· <a href="{{address(f"/users/slips?uid={user.uid}")}}">A one-time password, on a slip</a>
· <a href="{{address(f"/users/{user.id}/close")}}">{{"Open" if taught.closed else "Close"}} this account</a>
% end
</p>
