% rebase("layout", title=f"Posts of {group}", description=f"What the people of {group} wrote.", made_by="classroom/groups/pages.py → models/post.py → views/classroom/group_posts.tpl")
<div class="title">
  <h1>Posts of {{group}}</h1>
</div>
% include("parts/asking", action=address(f"/groups/{group.id}/posts"), label="Search posts")
% if rows:
% include("parts/count", single="post", many="posts", chart_url="", files=[])
% include("parts/posts", posts=rows, with_author=True, with_links=True)
% elif total:
<p class="empty">No more posts here. <a href="{{address(f"/groups/{group.id}/posts")}}">Begin with the newest</a>.</p>
% elif is_filtered or search:
<p class="empty">No post of this group fits that. <a href="{{unfiltered}}">See all of its posts</a>.</p>
% else:
<p class="empty">Nobody in this group has written anything yet.</p>
% end
% include("parts/neighbours")
<p class="onward"><a href="{{address(f"/groups/{group.id}")}}">The people of {{group}}</a></p>
