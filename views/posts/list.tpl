% rebase("layout", title="Posts", description="What the users of this site write, with pictures, the newest first.", made_by="routes/posts.py → models/post.py → views/posts/list.tpl")
% if news:
<p class="success" role="status">The post was {{news}}.</p>
% end
<div class="title">
  <h1>Posts</h1>
  <a class="button" href="{{address("/posts/new")}}">Write a post</a>
</div>
% include("parts/search", action=address("/posts"), label="Search posts", search=search, sort=sort)
% if rows:
<p class="count">{{f"{total:,}"}} {{"post" if total == 1 else "posts"}}{{f' matching “{search}”' if search else ""}} · <a href="{{chart_url}}">As a chart</a></p>
% include("parts/posts", posts=rows, with_author=True, with_links=True)
% elif total:
<p class="empty">No more posts here. <a href="{{address("/posts")}}">Begin with the newest</a>.</p>
% elif search:
<p class="empty">No post says “{{search}}”. <a href="{{address("/posts")}}">See all posts</a>.</p>
% else:
<p class="empty">Nobody has written anything yet. <a href="{{address("/posts/new")}}">Write the first post</a>, or see
<a href="{{address("/users")}}">who is here</a>.</p>
% end
% include("parts/neighbours", next=next, previous=previous)
