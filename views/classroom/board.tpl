% rebase("layout", title=f"Who joins {group}", made_by="classroom/joining/board.py → models/joining.py → views/classroom/board.tpl", sheet="classroom/slips.css")
<h1>Who joins {{group.name}}</h1>
% strange = {name: words for name, words in problems.items() if name not in ("hours", "most")}
% if strange:
<div class="alert" role="alert" tabindex="-1" autofocus>
  % for name, words in strange.items():
  <p><bdi>{{name}}</bdi> {{words}}</p>
  % end
</div>
% elif problems:
%   include("parts/alert", what="Nothing was changed yet", problems=problems, controls=controls)
% end
% if is_open:
<section class="board" aria-label="For the board">
  <div class="code" role="img" aria-label="A code that leads to the form">{{!secret_code}}</div>
  <div>
    <p>Open <strong>{{here}}/join</strong> and type</p>
    <p class="large-code">{{group.join_code}}</p>
    <p class="hint">Good until {{group.join_until.isoformat(" ", "minutes")}} UTC, for {{group.join_most}} people.</p>
    <form id="code-off" action="{{address(f"/groups/{group.id}/joining/off")}}" method="post">
      % include("parts/once")
      <button class="quiet">Switch it off</button>
    </form>
  </div>
</section>
% else:
<p>There is no code just now. With one, pupils come without a list: they sign up, or pick their name among those of the group
who have no password yet. Nobody is in before you let them in.</p>
% end
<h2>Who waits</h2>
% if waiting:
<form id="waiting" class="column" action="{{address(f"/groups/{group.id}/joining/let-in")}}" method="post">
  % include("parts/once")
  <fieldset class="people">
    <legend>Tick whom you know</legend>
    % for each in waiting:
    <div class="person-to-tick">
      <input id="joining-{{each.id}}" name="joining-{{each.id}}" type="checkbox" value="yes">
      <label for="joining-{{each.id}}"><bdi>{{each.name}}</bdi> <span class="hint">{{each.uid}}</span></label>
      <span class="hint">{{"is new" if each.is_new else "has picked this name"}}</span>
    </div>
    % end
  </fieldset>
  <div class="actions">
    <button>Let them in</button>
    <button class="quiet" formaction="{{address(f"/groups/{group.id}/joining/turn-away")}}">Turn them away</button>
  </div>
</form>
% else:
<p class="empty">Nobody waits.</p>
% end
% if answered:
<h2>Who was let in</h2>
<ul class="let-in">
  % for each in answered:
  <li><form id="undo-{{each.id}}" action="{{address(f"/groups/{group.id}/joining/{each.id}/undo")}}" method="post">
    % include("parts/once")
    <bdi>{{each.name}}</bdi>
    <button class="quiet">Undo<span class="unseen"> for {{each.name}}</span></button>
  </form></li>
  % end
</ul>
<p class="hint">Undone, somebody waits again and is logged out. Whoever was new is gone, with what they wrote.</p>
% end
<h2>A new code</h2>
<form id="new-code" class="column" action="{{address(f"/groups/{group.id}/joining")}}" method="post">
  % include("parts/once")
  % include("parts/controls", controls=controls, values=values, problems=problems)
  <p class="hint">The code before it is good no more, and whom you let in by that stays in.</p>
  <div class="actions"><button>Make a code</button></div>
</form>
