% rebase("layout", title="Requests", made_by="lab/requests.py → views/lab/requests.tpl")
<h1>Requests</h1>
<ol>
% for each in records:
<li><a href="{{address(f"/lab/requests/{each.number}")}}">{{each.method}} {{each.path}}</a> {{each.status}} {{f"{each.ms:.1f}"}} ms, {{each.statement_count}} statements</li>
% end
</ol>
