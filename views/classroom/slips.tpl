% rebase("layout", title="Slips", made_by="classroom/slips/page.py → models/slip.py → views/classroom/slips.tpl", sheet="classroom/slips.css")
<h1>One-time passwords, on slips of paper</h1>
% if news:
<p class="success" role="status">{{news}}</p>
% end
% if problems.get("people") or any(name.startswith("user-") for name in problems):
<p class="alert" role="alert" tabindex="-1" autofocus>Nothing was changed yet: {{"tick at least one person" if "people" in problems else "somebody who was ticked is not in this list any more"}}.</p>
% elif problems:
%   include("parts/alert", what="Nothing was changed yet", problems=problems, controls=controls)
% end
<nav class="whose-slips" aria-label="Whose slips">
  % if groups:
  <ul>
    % for group in groups:
    % at = f"{path}?group={group.id}"
    <li><a href="{{address(at)}}"{{!' aria-current="page"' if at == choice.path else ""}}><bdi>{{group.name}}</bdi></a></li>
    % end
  </ul>
  % end
  <form id="one-person" action="{{address(path)}}" method="get">
    <label for="uid">Or one person, by the user id</label>
    <input id="uid" name="uid" value="{{uid}}" autocomplete="off" spellcheck="false">
    <button class="quiet">Look</button>
  </form>
</nav>
% if is_unknown:
<p class="empty">There is nobody with that user id whom you teach.</p>
% elif choice.people:
<h2>New one-time passwords for {{choice.title}}</h2>
<p>Whoever is ticked gets a new slip. The slip and <strong>the password that they have now are good no more</strong>, and they are logged
out everywhere. A slip is good once, for {{days}} days; then they choose a password of their own.</p>
<form id="slips" class="column" action="{{address(choice.path)}}" method="post">
  % include("parts/once")
  <fieldset class="people">
    <legend>For whom</legend>
    % for user in choice.people:
    <div class="person-to-tick">
      <input id="user-{{user.id}}" name="user-{{user.id}}" type="checkbox" value="yes"{{"" if values and f"user-{user.id}" not in values else " checked"}}>
      <label for="user-{{user.id}}"><bdi>{{user.name}}</bdi> <span class="hint">{{user.uid}}</span></label>
      <span class="hint">
        % if user.slip and not user.slip.is_over:
        has a slip until {{user.slip.expires.date().isoformat()}}
        % elif user.slip:
        has used the slip, or it is over
        % elif user.password_hash:
        has a password
        % else:
        cannot log in yet
        % end
      </span>
    </div>
    % end
  </fieldset>
  % if len(choice.people) == most:
  <p class="hint">These are the first {{most}}: so many get slips at once.</p>
  % end
  % include("parts/controls", controls=controls, values=values, problems=problems)
  <div class="actions">
    <button>Make slips, and show them once</button>
    <button class="quiet" formaction="{{address(choice.path.replace("/slips", "/slips/void"))}}">Make their slips void</button>
  </div>
</form>
% elif choice.title:
<p class="empty">Nobody is in {{choice.title}} yet.</p>
% elif not groups:
<p class="empty">There are no groups yet.</p>
% else:
<p>Choose a group, or one person.</p>
% end
<p class="onward">
  % if choice.path.startswith(f"{path}?group="):
  % number = choice.path.partition("=")[2]
  <a href="{{address(f"/groups/{number}/joining")}}">Without a list: a code for the board</a> ·
  % end
  <a href="{{address("/users")}}">All users</a>
</p>
