% rebase("layout", title="Delete a post", made_by="routes/posts.py → models/post.py → views/posts/delete.tpl")
<h1>Delete this post?</h1>
% include("parts/posts", posts=[post], with_author=True, with_links=False)
<form id="delete-post" class="onward" action="{{address(f"/posts/{post.id}/delete")}}" method="post">
  % include("parts/once")
  <div class="actions">
    <button class="danger">Delete</button>
    <a href="{{address("/posts")}}">Cancel</a>
  </div>
</form>
