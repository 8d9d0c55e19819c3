% rebase("layout", title=f"{record.method} {record.path}", made_by="lab/requests.py → views/lab/request.tpl")
<h1>{{record.method}} {{record.path}}</h1>
<p>{{record.status}}, {{f"{record.ms:.1f}"}} ms</p>
<ol>
% for each in record.steps:
% if not each.is_shared:
<li>{{each.name}}({{each.arguments}}) {{each.place}}</li>
% end
% end
</ol>
<ol>
% for each in record.asked:
<li><code>{{each.sql}}</code> {{each.values}} {{each.rows}} rows {{each.by}}</li>
% end
</ol>
% if record.failure:
% include("lab/failure", record=record)
% end
% include("lab/again", record=record, again=again)
