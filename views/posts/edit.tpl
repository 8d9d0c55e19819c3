% rebase("layout", title="Change a post", made_by="routes/posts.py → models/post.py → views/posts/edit.tpl")
<h1>Change a post</h1>
% include("parts/alert", what="Nothing was changed yet", problems=problems)
<form id="edit-post" class="column" action="/posts/{{post.id}}/edit" method="post">
  % include("parts/controls", controls=controls, values=values, problems=problems)
  <div class="actions">
    <button>Save</button>
    <a href="/posts">Cancel</a>
    <a class="danger" href="/posts/{{post.id}}/delete">Delete this post</a>
  </div>
</form>
