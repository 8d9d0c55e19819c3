% rebase("layout", title="Write a post", script="upload.js", made_by="routes/posts.py → models/post.py → views/posts/new.tpl")
<h1>Write a post</h1>
% include("parts/alert", what="Nothing was written yet", problems=problems, controls=controls)
<form id="new-post" class="column" action="{{address("/posts")}}" method="post" enctype="multipart/form-data">
  % include("parts/once")
  % include("parts/controls", controls=controls, values=values, problems=problems)
  <div class="actions">
    <button>Post it</button>
    <a href="{{address("/posts")}}">Cancel</a>
  </div>
</form>
