  <meta http-equiv="Content-Security-Policy" content="{{frozen.policy}}">
  <link rel="stylesheet" href="{{address("/static/freezing/alive.css")}}">
  <noscript><link rel="stylesheet" href="{{address("/static/freezing/no-script.css")}}"></noscript>
  % for each in ("backend", "drawing", "forms", "lists", "made", "rows", "same", "search", "told", "you"):
  <link rel="modulepreload" href="{{address(f"/static/freezing/{each}.js")}}">
  % end
  <script src="{{address("/static/freezing/page.js")}}" type="module" data-backend="{{frozen.backend}}"></script>
