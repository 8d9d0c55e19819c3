% rebase("layout", title=title, sheet="classroom/activity.css", made_by="classroom/activity/pages.py → models/change.py → views/classroom/activity/show.tpl")
<h1>{{title}}</h1>
<form id="time" class="search asking" role="search" action="{{address(path)}}" method="get">
  <div class="filters">
    <div>
      <label for="since">From</label>
      <input id="since" name="since" type="date" value="{{span.since}}">
    </div>
    <div>
      <label for="until">To</label>
      <input id="until" name="until" type="date" value="{{span.until}}">
    </div>
  </div>
  <div class="actions">
    <button>Show this time</button>
  </div>
</form>
% if people:
<div class="table" role="region" aria-label="{{title}}" tabindex="0">
  <table class="activity">
    <thead>
      <tr>
        <th scope="col" rowspan="2">Name</th>
        <th scope="col" rowspan="2">Last login</th>
        <th scope="col" rowspan="2">Last seen</th>
        <th scope="col" rowspan="2">When</th>
        % for _, heading in tables:
        <th scope="colgroup" colspan="2">{{heading}}</th>
        % end
      </tr>
      <tr>
        % for _ in tables:
        <th scope="col" class="number">made</th>
        <th scope="col" class="number">changed</th>
        % end
      </tr>
    </thead>
    <tbody>
      % for each in people:
      <tr>
        <td><a href="{{address(f"/users/{each.user.id}")}}">{{each.user}}</a></td>
        <td>{{each.last_login.isoformat(" ", "minutes") if each.last_login else "–"}}</td>
        <td>{{each.last_seen.isoformat(" ", "minutes") if each.last_seen else "–"}}</td>
        <td>
          % include("classroom/activity/bars", bars=each.bars, largest=largest, span=span)
        </td>
        % for table, _ in tables:
        %   for count in each.deeds[table]:
        <td class="number">{{f"{count:,}" if count else "–"}}</td>
        %   end
        % end
      </tr>
      % end
    </tbody>
  </table>
</div>
% else:
<p class="empty">There is nobody in this group yet.</p>
% end
% if total > len(people):
<p class="count">The first {{len(people)}} of {{f"{total:,}"}}; the file has all of them.</p>
% end
% if people:
<p class="download"><a href="{{address(f"{path}.csv?since={span.since}&until={span.until}")}}" download>CSV</a>, with every table</p>
% end
<p class="hint">
  Days and times are UTC. Counted is what the history has: rows that somebody made or changed while they were logged in,
  also those that were deleted or taken back since. A row that was changed twice is one.
  % if began:
  The history begins on {{began.date()}}.
  % else:
  The history is empty.
  % end
  % if idle:
  Nothing was done in {{", ".join(idle).lower()}}.
  % end
</p>
<p class="hint">The last login is the last one with a browser. Last seen is when a login was used last that has not ended.</p>
% if back:
<p class="onward"><a href="{{address(back)}}">Back to the group</a></p>
% end
