% # The page of whichever row stands behind the # of its address: of one that came after the freeze.
% rebase("layout", title=title, made_by="freezing/forms.py → views/freezing/row.tpl")
<div class="title">
  <h1>{{title}}</h1>
</div>
<noscript><p>This page needs JavaScript. <a href="{{frozen.backend}}/{{plural}}">The pages of the site itself</a> do not.</p></noscript>
<dl class="facts"></dl>
% if plural == "users":
<h2>Posts</h2>
<p class="empty" hidden>Nothing written yet.</p>
% end
<p class="onward"><a href="{{address(f"/{plural}")}}">All {{many}}</a></p>
