% rebase("layout", title="Choose a password", made_by="routes/choosing.py → models/user.py → views/account/choose.tpl")
<h1>Choose a password</h1>
% include("parts/alert", what="Nothing was changed yet", problems=problems, controls=controls)
<p class="person">{{!portrait(me, 48)}}<span>You are {{me.name}}, and you log in with <strong>{{me.uid}}</strong>.</span></p>
<p>The password that let you in was for this one time. Choose one of your own now, and you can go on.</p>
<form id="choose" class="column" action="{{address("/account/choose-password")}}" method="post">
  % include("parts/once")
  <input autocomplete="username" value="{{me.uid}}" hidden>
  % include("parts/controls", controls=controls, values={}, problems=problems)
  <input name="next" type="hidden" value="{{values.get("next", "")}}">
  <div class="actions">
    <button>Take it</button>
  </div>
</form>
<form id="not-me" class="onward" action="{{address("/logout")}}" method="post">
  <button class="quiet">That is not me: log out</button>
</form>
