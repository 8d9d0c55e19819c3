% rebase("layout", title="Hide a post", made_by="classroom/moderation/hiding.py → models/hidden_post.py → views/classroom/moderation/hide.tpl")
% is_hidden = bool(post.hidden_because)
<h1>{{"This post is hidden" if is_hidden else "Hide this post?"}}</h1>
% include("parts/alert", what="Nothing was changed yet", problems=problems, controls=controls)
% include("parts/posts", posts=[post], with_author=True, with_links=False)
<p>Who wrote it sees it, with your reason, and so do those who teach them and admins. For all others it is not there.
Nothing is lost: it can be shown again.</p>
<form id="hide-post" class="column" action="{{address(f"/posts/{post.id}/hide")}}" method="post">
  % include("parts/once")
  % include("parts/controls", controls=controls, values=values, problems=problems)
  <div class="actions">
    <button>{{"Change the reason" if is_hidden else "Hide it"}}</button>
    <a href="{{address("/posts")}}">Cancel</a>
  </div>
</form>
% if is_hidden:
<form id="show-post" class="onward" action="{{address(f"/posts/{post.id}/show")}}" method="post">
  % include("parts/once")
  <div class="actions"><button class="quiet">Show it again</button></div>
</form>
% end
