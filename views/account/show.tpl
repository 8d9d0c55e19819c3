% rebase("layout", title="Your account", made_by="routes/account.py → models/session.py → views/account/show.tpl")
<h1>Your account</h1>
% if news:
<p class="success" role="status">Your new password is {{news}}. All your other logins have ended.</p>
% end
% if token:
<div class="success" role="status">
  <p>This is the new token. Copy it now, as it is not shown again:</p>
  <pre tabindex="0"><code id="token">{{token}}</code></pre>
  <p>A script sends it in the header <code>Authorization: Bearer …</code></p>
</div>
% end
% include("parts/alert", what="Nothing was changed yet", problems=problems, controls=password_controls + token_controls)
<p class="person">{{!portrait(me, 48)}}<span>You are <a href="{{address(f"/users/{me.id}")}}">{{me.name}}</a>.
<a href="{{address(f"/users/{me.id}/edit")}}">Change your name, date of birth or portrait</a>.</span></p>

<h2>Where you are logged in</h2>
<div class="table" role="region" aria-label="Where you are logged in" tabindex="0">
  <table>
    <thead>
      <tr><th scope="col">What</th><th scope="col">Since</th><th scope="col">Last used</th><th scope="col">Until</th><th scope="col">End it</th></tr>
    </thead>
    <tbody>
      % for session in sessions:
      <tr>
        <td>{{"Token: " if session.kind == "script" else ""}}{{session.label or "a script"}}{{" (this one)" if session == current else ""}}</td>
        <td>{{session.created.isoformat(" ", "minutes")}}</td>
        <td>{{session.last_used.isoformat(" ", "minutes")}}</td>
        <td>{{session.expires.date().isoformat()}}</td>
        <td>
          <form id="end-{{session.id}}" action="{{address(f"/account/sessions/{session.id}/end")}}" method="post">
            % include("parts/once")
            <button class="quiet">{{"Revoke" if session.kind == "script" else "Log out"}}<span class="unseen"> number {{session.id}}</span></button>
          </form>
        </td>
      </tr>
      % end
    </tbody>
  </table>
</div>
<p class="hint">Times are UTC.</p>
% if len(sessions) > 1:
<form id="end-others" class="onward" action="{{address("/account/sessions/end-others")}}" method="post">
  % include("parts/once")
  <button class="quiet">Log out everywhere else, and revoke all tokens</button>
</form>
% end

<div class="beside">
<section>
<h2>Change your password</h2>
<form id="change-password" class="column" action="{{address("/account/password")}}" method="post">
  % include("parts/once")
  <input autocomplete="username" value="{{me.uid}}" hidden>
  % include("parts/controls", controls=password_controls, values={}, problems=problems)
  <button>Change it</button>
</form>

</section>
<section>
<h2>A token for a script</h2>
<p>With a token a script does what you may do, without your password.</p>
<form id="make-token" class="column" action="{{address("/account/tokens")}}" method="post">
  % include("parts/controls", controls=token_controls, values=values, problems=problems)
  <button>Make a token</button>
</form>
</section>
</div>

<h2>Your data</h2>
<p><a href="{{address("/account/export")}}" download>All that this site knows of you</a>, as one file: your rows in every
table, your pictures, and what the history says of you. Or <a href="{{address(f"/users/{me.id}/delete")}}">delete your
account</a>.</p>
% if classroom:
<p><a href="{{address("/account/activity")}}">What you did</a>, as your teachers see it.</p>
% end
