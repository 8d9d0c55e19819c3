% rebase("layout", title=f"Change {change.id}", description="What was done, by whom, and how it is undone.", made_by="routes/history.py → models/change.py → views/history/show.tpl")
% if news == "undone":
%   include("parts/news", words=f"Change {change.id} was undone.")
% elif news:
%   include("parts/news", words="It was undone. This is the change that undoing is.")
% end
<h1>Change {{change.id}}</h1>
% if problems:
<div class="alert summary" role="alert" tabindex="-1" autofocus>
  <p>It cannot be undone, and nothing was changed.</p>
  <ul>
    % for name, words in problems.items():
    <li>{{name}} {{words}}</li>
    % end
  </ul>
</div>
% end
% include("parts/change", change=change, with_undo=True, whole=True)
% if any(row.as_json["rows"] == "users" and row.done == "deleted" for row in change.rows):
<p class="hint">Somebody who is brought back has no password, and is logged in nowhere, until an admin gives them a password.</p>
% end
<p class="onward"><a href="{{address("/history")}}">{{"The history" if me.is_admin else "All that you did"}}</a></p>
