% rebase("layout", title=f"{record.method} {record.path}", sheet="lab/lab.css", made_by="lab/one_request.py → views/lab/request.tpl")
<p class="lab-back"><a href="{{address("/lab/requests")}}">All requests</a></p>
<div class="title">
  <h1><span class="lab-method">{{record.method}}</span> {{record.path}} <span class="lab-status lab-status-{{record.status // 100}}">{{record.status}}</span></h1>
  <form id="keep" action="{{address(f"{here}/keep")}}" method="post">
    <input type="hidden" name="keep" value="{{"no" if record.is_kept else "yes"}}">
    <button class="quiet">{{"Let it go" if record.is_kept else "Keep it"}}</button>
  </form>
</div>
% in_database = sum(each.ms for each in record.statements)
<dl class="facts lab-facts">
  <div><dt>Time</dt><dd>{{milliseconds(record.ms)}}</dd></div>
  <div><dt>In the database</dt><dd>{{milliseconds(in_database)}}</dd></div>
  <div><dt>Statements</dt><dd>{{record.statement_count}}</dd></div>
  % if record.user:
  <div><dt>Logged in</dt><dd>{{record.user}}</dd></div>
  % end
  <div><dt>Number</dt><dd>{{record.number}}{{", kept" if record.is_kept else ""}}</dd></div>
</dl>
% if before:
<p>Before it: <a href="{{address(f"/lab/requests/{before.number}")}}">{{before.method}} {{before.path}}</a>, which sent the browser here.</p>
% end
% if record.failure:
% include("lab/failure", record=record)
% end
% for each in warnings:
<div class="lab-warning">
  <p>
    <span class="lab-mark">{{each.kind}}</span>
    % if each.place and each.statements:
    <a href="{{address(f"{here}/statements/{each.statements[-1]}")}}">{{each.place}}</a>
    % end
    {{each.text}}
  </p>
  % if each.cure:
  % words, _, code = each.cure.partition(": ")
  <p class="lab-cure">{{words}}{{":" if code else ""}} <code>{{code}}</code></p>
  % end
</div>
% end
% include("lab/picture", record=record, lines=lines, here=here, milliseconds=milliseconds, place_on_time=place_on_time)
% if record.uncounted_calls or record.uncounted_statements:
<p class="hint">There was more than is kept of one request: {{record.uncounted_calls}} calls and {{record.uncounted_statements}} statements are only counted.</p>
% end
% if shared_count:
<p class="hint">
  % if with_shared:
  The machinery is shown, too: {{shared_count}} calls. <a href="{{address(here)}}">Show my own code only</a>.
  % else:
  <a href="{{address(here)}}?shared">Show the machinery, too</a>: {{shared_count}} more calls.
  % end
</p>
% end
<details class="lab-headers">
  <summary>The headers of the request</summary>
  <dl>
    % for name, value in record.headers.items():
    <dt>{{name}}</dt><dd><code>{{value}}</code></dd>
    % end
  </dl>
</details>
<p class="hint"><a href="{{address(f"{here}.json")}}">The same for programs</a>, in JSON. Passwords, tokens and cookies are shown as •••, and nothing of this is kept on the disk.</p>
% include("lab/again", record=record, again=again)
