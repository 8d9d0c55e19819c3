% rebase("layout", title="Change a post", script="upload.js", made_by="routes/posts.py → models/post.py → views/posts/edit.tpl")
<h1>Change a post</h1>
% include("parts/alert", what="Nothing was changed yet", problems=problems, controls=controls)
<form id="edit-post" class="column" action="{{address(f"/posts/{post.id}/edit")}}" method="post" enctype="multipart/form-data">
  % include("parts/once")
  % include("parts/seen", row=post)
  % include("parts/controls", controls=controls, values=values, problems=problems)
  % if post.image:
  <div class="control">
    % include("parts/picture", post=post)
    <label class="choice"><input name="remove" type="checkbox" value="yes"> Remove this picture</label>
    <p class="hint">Or choose another one above in its place.</p>
  </div>
  % end
  <div class="actions">
    <button>Save</button>
    <a href="{{address("/posts")}}">Cancel</a>
    <a class="danger" href="{{address(f"/posts/{post.id}/delete")}}">Delete this post</a>
  </div>
</form>
<p class="onward"><a href="{{address(f"/history?model=posts&row={post.id}")}}">What became of this post</a></p>
