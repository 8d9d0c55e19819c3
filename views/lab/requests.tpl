% rebase("layout", title="Requests", sheet="lab/lab.css", script="lab/live.js", made_by="lab/requests.py → views/lab/requests.tpl")
% include("lab/rooms", room="requests")
<div class="title">
  <h1>Requests</h1>
  % if total:
  <form id="forget" action="{{address("/lab/requests/forget")}}" method="post"><button class="quiet">Forget all</button></form>
  % end
</div>
<p class="lead">What each click became in your code. Open one to see its way, from the browser to the row and back.</p>
<form id="choose" class="lab-filter" action="{{address("/lab/requests")}}" role="search" aria-label="Which requests">
  <div>
    <label for="path">Address</label>
    <input id="path" name="path" value="{{chosen.path}}" placeholder="/users" autocomplete="off">
  </div>
  <div>
    <label for="origin">Asked by</label>
    <select id="origin" name="origin">
      <option value="">anybody</option>
      % for each in origins:
      <option value="{{each}}"{{!" selected" if each == chosen.origin else ""}}>{{"pages of this site, and programs" if each == "ours" else each}}</option>
      % end
    </select>
  </div>
  <label class="choice"><input type="checkbox" name="slow" value="yes"{{!" checked" if chosen.slow else ""}}> slow</label>
  <label class="choice"><input type="checkbox" name="failed" value="yes"{{!" checked" if chosen.failed else ""}}> failed</label>
  <button class="quiet">Show</button>
</form>
<div id="requests" data-newest="{{newest}}" data-events="{{address("/lab/requests/events")}}" data-poll="{{address("/lab/requests.json")}}">
  % if records:
  <p class="count">{{len(records)}} {{"request" if len(records) == 1 else "requests"}}{{"" if len(records) == total else f" of {total}"}}</p>
  <div class="table" role="region" aria-label="Requests" tabindex="0">
    <table class="lab-list">
      <thead>
        <tr>
          <th scope="col">Request</th>
          <th scope="col">Answer</th>
          <th scope="col" class="number">Time</th>
          <th scope="col" class="number">Statements</th>
          <th scope="col" class="number">No.</th>
        </tr>
      </thead>
      <tbody>
        % for each in records:
        <tr>
          <td>
            <a id="request-{{each.number}}" href="{{address(f"/lab/requests/{each.number}")}}"><span class="lab-method">{{each.method}}</span> {{each.path}}{{f"?{each.query}" if each.query else ""}}</a>
            % if each.origin:
            <span class="lab-soft">from {{each.origin}}</span>
            % end
            % if each.is_kept:
            <span class="lab-mark lab-kept">kept</span>
            % end
            % if is_slow(each):
            <span class="lab-mark">slow</span>
            % end
            % for kind in dict.fromkeys(warned.kind for warned in each.warnings if warned.kind != "slow"):
            <span class="lab-mark">{{kind}}</span>
            % end
            % if each.failure:
            <span class="lab-mark lab-bad">{{each.failure.kind}}</span>
            % end
          </td>
          <td><span class="lab-status lab-status-{{each.status // 100}}">{{each.status}}</span></td>
          <td class="number">{{milliseconds(each.ms)}}</td>
          <td class="number">{{each.statement_count}}</td>
          <td class="number">{{each.number}}</td>
        </tr>
        % end
      </tbody>
    </table>
  </div>
  % elif total:
  <p class="empty">None of the {{total}} requests is like that. <a href="{{address("/lab/requests")}}">See all of them</a>.</p>
  % else:
  <p class="empty">Nothing has been asked yet. <a href="{{address("/users")}}">Open the list of users</a>, and come back: this page shows what it became.</p>
  % end
</div>
<form id="machinery" class="onward" action="{{address("/lab/machinery")}}" method="post">
  <input type="hidden" name="record" value="{{"no" if is_all else "yes"}}">
  <button class="quiet">{{"Record my own code only" if is_all else "Record the machinery, too"}}</button>
  <p class="hint">{{"Just now," if is_all else "Then"}} the calls in the folders shared/ are recorded, too. This takes more time and room.</p>
</form>
