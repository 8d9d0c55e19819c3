% rebase("layout", title="Log in", description="Log in with a user id and a password, to write, and to change what is yours.", made_by="routes/sessions.py → models/session.py → views/sessions/login.tpl")
<h1>Log in</h1>
% if problem:
<p class="alert" role="alert" tabindex="-1" autofocus>{{problem}}</p>
% elif sent:
<p class="alert" role="alert">You are not logged in, so nothing was changed.
{{"Log in, and you find what you wrote again. It is kept for an hour." if is_kept else ""}}</p>
% elif values.get("next"):
<p>That page is for those who are logged in.</p>
% end
% if lesson:
%   include("parts/lesson_login")
% end
<form id="login" class="column" action="{{address("/login")}}" method="post">
  % include("parts/controls", controls=controls, values=values, problems={})
  <input name="next" type="hidden" value="{{values.get("next", "")}}">
  <div class="actions">
    <button>Log in</button>
    % if can_add_users:
    <a href="{{address("/users/new")}}">Sign up</a>
    % end
  </div>
</form>
