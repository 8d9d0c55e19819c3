% rebase("layout", title="Import users", sheet="classroom/roster.css", made_by="classroom/roster/pages.py → models/user.py → views/classroom/roster/preview.tpl")
<h1>Import a class</h1>
% if alarm:
<p class="alert" role="alert">{{alarm}}</p>
% end
% wrong = len(roster.wrong)
% for line, problem in roster.problems:
<p class="alert" role="alert">{{f"Line {line}: " if line else ""}}{{problem}}.</p>
% end
<p class="status-line" role="status">{{words}}{{f", {wrong:,} with a problem" if wrong else ""}}.</p>
% if form.encoding != "utf-8-sig" or roster.telling_names:
<p class="hint">Letters are read as {{encodings[form.encoding]}}{{": " if roster.telling_names else "."}}
  % for number, name in enumerate(roster.telling_names):
  <bdi>{{name}}</bdi>{{"," if number + 1 < len(roster.telling_names) else ". Is that right?"}}
  % end
</p>
% end
% if lacks_roles:
<p class="hint">This file does not say who teaches: that is in the roles.csv that came with it. Send both, or look for teachers yourself.</p>
% end
% if secret:
<p class="hint">Nobody’s password comes from a file, and none was kept of {{", ".join(f"“{each}”" for each in secret)}}.</p>
% end
% if problems:
<h2>What is wrong</h2>
<div class="table long-list roster-problems" role="region" aria-label="What is wrong" tabindex="0">
  <table>
    <thead><tr><th scope="col" class="number">Line</th><th scope="col">Problem</th></tr></thead>
    <tbody>
      % for line, problem in problems:
      <tr><td class="number">{{line or ""}}</td><td><bdi>{{problem}}</bdi></td></tr>
      % end
    </tbody>
  </table>
</div>
% end
<form id="roster" action="{{address(f"/users/import/roster/{key}")}}" method="post">
  <input name="{{seen_name}}" type="hidden" value="{{seen}}">
  <input name="mark" type="hidden" value="{{roster.mark}}">
  <input name="uids" type="hidden" value="{{given}}">
  <input name="shown" type="hidden" value="{{shown}}">
  <div class="reading">
    <fieldset>
      <legend>The group</legend>
      <div class="control">
        <label for="group">They come into the group</label>
        <select id="group" name="group">
          % if is_admin:
          <option value="">– (none, or the new one)</option>
          % end
          % for group in groups:
          <option value="{{group.id}}"{{" selected" if roster.wish.group and roster.wish.group.id == group.id else ""}}>{{group.name}}</option>
          % end
        </select>
      </div>
      % if is_admin:
      <div class="control">
        <label for="new-group">Or into a new one, called</label>
        <input id="new-group" name="new-group" value="{{roster.wish.group.name if roster.wish.group and not roster.wish.group.id else ""}}" maxlength="100">
      </div>
      % end
      <label class="choice"><input name="changes" type="checkbox" value="yes"{{" checked" if roster.wish.changes else ""}}> Change the name and the date of birth of who is there</label>
    </fieldset>
  </div>
  % if people:
  <h2>The people</h2>
  <div class="table roster-people" role="region" aria-label="The people" tabindex="0">
    <table class="rows">
      <thead><tr><th scope="col" class="number">Line</th><th scope="col">Name</th><th scope="col">User id</th><th scope="col">Born</th><th scope="col">Becomes</th></tr></thead>
      <tbody>
        % for person in people:
        <tr>
          <td class="number" data-head="Line">{{person.line}}</td>
          <td class="name" data-head="Name"><bdi>{{person.name or "–"}}</bdi></td>
          <td data-head="User id">
            % if person.line in typed:
            <input name="{{typed[person.line]}}" value="{{person.uid}}" aria-label="User id of line {{person.line}}" autocapitalize="none" autocomplete="off" spellcheck="false"{{!' aria-invalid="true"' if person.problems else ""}}>
            % else:
            {{person.uid}}
            % end
          </td>
          <td data-head="Born">{{person.born or "–"}}</td>
          <td data-head="Becomes">{{"a problem" if person.problems else person.becomes}}
            % for note in [*person.problems, *person.notes]:
            <span class="roster-note">{{note}}</span>
            % end
          </td>
        </tr>
        % end
      </tbody>
    </table>
  </div>
  % if more_people:
  <p class="hint">And {{f"{more_people:,}"}} more.</p>
  % end
  <p class="hint">A user id can be corrected here. The one of somebody who is there takes that person. Then “Look again”.</p>
  % end
  % if left_out:
  <details class="roster-left"{{" open" if len(left_out) < 12 else ""}}>
    <summary>{{f"{len(roster.left_out):,} lines are left out" if len(roster.left_out) > 1 else "1 line is left out"}}</summary>
    <ul>
      % for line, why in left_out:
      <li>Line {{line}} <bdi>{{why}}</bdi></li>
      % end
    </ul>
  </details>
  % end
  <details{{" open" if roster.problems else ""}}>
    <summary>How the file is read</summary>
    <div class="reading">
      % if not form.is_json:
      %   include("exchange/file_settings")
      % end
      <fieldset>
        <legend>The columns</legend>
        % include("exchange/column_choices")
        <div class="control">
          <label for="order">Dates are written as</label>
          <select id="order" name="order">
            <option value="">– (found by looking)</option>
            % for value, each in orders.items():
            <option value="{{value}}"{{" selected" if value == roster.wish.order else ""}}>{{each}}</option>
            % end
          </select>
        </div>
      </fieldset>
    </div>
  % if first:
  % include("exchange/first_rows")
  % end
  </details>
  <div class="actions"><button class="quiet" name="do" value="look" formnovalidate>Look again</button></div>
  % count = len(roster.new) + len(roster.there)
  % if count and not roster.problems:
  <div class="roster-agree">
    % if wrong:
    <label class="choice"><input name="skip" type="checkbox" value="yes" required> Leave out the {{f"{wrong:,} lines that have a problem" if wrong > 1 else "line that has a problem"}}</label>
    % end
    % if not has_passwords:
    <p class="hint">These are too many to make one-time passwords for them now: make them later, for one group after the other.</p>
    % end
    <div class="actions"><button name="do" value="import">Import {{f"{count:,} people" if count > 1 else "this person"}}</button></div>
  </div>
  % end
</form>
<form id="cancel" action="{{address(f"/users/import/roster/{key}/cancel")}}" method="post"><button class="quiet">Cancel</button></form>
