% rebase("layout", title="Posts", description="What the users of this site write, with pictures, the newest first.", made_by="routes/posts.py → models/post.py → views/posts/list.tpl")
% if news:
%   include("parts/news", words=f"The post was {news}.")
% end
<div class="title">
  <h1>Posts</h1>
  % if not frozen or alive:
  <p class="actions{{" alive" if alive else ""}}">
    % if me:
    <a href="{{address("/posts/import")}}">Import<span class="unseen"> posts</span></a>
    % end
    <a class="button" href="{{address("/posts/new")}}">Write a post</a>
  </p>
  % end
</div>
% include("parts/asking", action=address("/posts"), label="Search posts")
% if rows:
% include("parts/count", single="post", many="posts")
% include("parts/posts", posts=rows, with_author=True, with_links=True)
% elif total:
<p class="empty">No more posts here. <a href="{{address("/posts")}}">Begin with the newest</a>.</p>
% elif is_filtered:
<p class="empty">No post fits that. <a href="{{unfiltered}}">See all posts</a>.</p>
% elif search:
<p class="empty">No post says “{{search}}”. <a href="{{unfiltered}}">See all posts</a>.</p>
% else:
% if frozen:
<p class="empty">Nobody has written anything yet.</p>
% else:
<p class="empty">Nobody has written anything yet. <a href="{{address("/posts/new")}}">Write the first post</a>, or see
<a href="{{address("/users")}}">who is here</a>.</p>
% end
% end
% include("parts/neighbours")
