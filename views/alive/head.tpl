  <meta http-equiv="Content-Security-Policy" content="{{frozen.policy}}">
  <link rel="stylesheet" href="{{address("/static/alive/alive.css")}}">
  <noscript><link rel="stylesheet" href="{{address("/static/alive/no-script.css")}}"></noscript>
  % for each in ("backend", "drawing", "forms", "lists", "made", "rows", "search", "told", "you"):
  <link rel="modulepreload" href="{{address(f"/static/alive/{each}.js")}}">
  % end
  <script src="{{address("/static/alive/page.js")}}" type="module" data-backend="{{frozen.backend}}"></script>
