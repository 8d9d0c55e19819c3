% rebase("layout", title="Delete a post", made_by="routes/posts.py → models/post.py → views/posts/delete.tpl")
<h1>Delete this post?</h1>
% include("parts/posts", posts=[post], with_author=True, with_links=False)
<div class="onward">
  % include("parts/deletion", deletion=deletion, it="it", has_history=True)
</div>
<form id="delete-post" action="{{address(f"/posts/{post.id}/delete")}}" method="post">
  % include("parts/once")
  <div class="actions">
    % if not deletion["in_the_way"]:
    <button class="danger">Delete</button>
    % end
    <a href="{{address("/posts")}}">Cancel</a>
  </div>
</form>
