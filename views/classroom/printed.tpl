% rebase("layout", title="Slips", made_by="classroom/slips/page.py → models/slip.py → views/classroom/printed.tpl", sheet="classroom/slips.css")
<div class="before-slips">
% if told:
<div class="success" role="status"><p>{{told}}</p></div>
% end
<h1>{{len(slips)}} {{"slip" if len(slips) == 1 else "slips"}} to print and cut</h1>
<p class="alert" role="status">Print this page now: it is shown this once, and what stands on it is kept nowhere. The passwords of
before are good no more, and whoever was logged in with them is logged out.</p>
% if not is_for_others:
<p class="alert" role="status">The codes lead to {{here}}, which is this machine only. Open the site by the address that pupils have,
and make new ones, if they shall scan them.</p>
% end
% if has_pin:
<p>The codes ask for the PIN that you chose. It is not printed: say it aloud.</p>
% end
<p class="onward"><a href="{{address(back)}}">Back, when they are printed</a></p>
</div>
<div class="slips">
  % for slip in slips:
  <section class="slip">
    <h2><bdi>{{slip.user.name}}</bdi></h2>
    <dl>
      <div><dt>Open</dt><dd class="address">{{here}}/login</dd></div>
      <div><dt>User id</dt><dd>{{slip.user.uid}}</dd></div>
    </dl>
    <div class="code" role="img" aria-label="A code that logs in {{slip.user.name}} once">{{!slip.secret_code}}</div>
    <dl class="password"><dt>One-time password</dt><dd>{{slip.password}}</dd></dl>
    <p>Good once, for {{days}} days. Or scan the code. Then choose a password of your own.</p>
  </section>
  % end
</div>
