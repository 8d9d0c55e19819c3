% rebase("layout", title=f"Import {title.lower()}", made_by=f"routes/exchange.py → {file} → views/exchange/new.tpl")
% include("exchange/done")
<h1>Import {{title.lower()}}</h1>
% include("exchange/form")
