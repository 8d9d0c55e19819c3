<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta name="color-scheme" content="light dark">
  <meta name="theme-color" content="#fffdf9" media="(prefers-color-scheme: light)">
  <meta name="theme-color" content="#272220" media="(prefers-color-scheme: dark)">
  <title>{{title}} · Bottle Portfolio</title>
  % description = get("description", f"{title}, on a small site of people and what they write.")
  <meta name="description" content="{{description}}">
  <meta property="og:site_name" content="Bottle Portfolio">
  <meta property="og:type" content="website">
  <meta property="og:title" content="{{title}}">
  <meta property="og:description" content="{{description}}">
  <link rel="stylesheet" href="{{address("/static/style.css")}}">
  % for each in get("sheet", "").split():
  <link rel="stylesheet" href="{{address(f"/static/{each}")}}">
  % end
  % if alive:
  %   include("freezing/head")
  % end
  % if frozen and frozen.feed:
  <link rel="alternate" type="application/atom+xml" title="Posts" href="{{address("/feed.xml")}}">
  % end
  <link rel="icon" href="{{address("/static/icon.svg")}}" type="image/svg+xml">
  <link rel="apple-touch-icon" href="{{address("/static/icon-180.png")}}">
  <script src="{{address("/static/menu.js")}}" defer></script>
  % if 'method="post"' in base:
  <script src="{{address("/static/once.js")}}" defer></script>
  % end
  % if 'class="control"' in base:
  <script src="{{address("/static/hints.js")}}" defer></script>
  % end
  % if defined("script"):
  <script src="{{address(f"/static/{script}")}}" defer></script>
  % end
</head>
<body>
  <a class="skip" href="#main">Skip to the content</a>
  <header class="site">
    <a class="brand" href="{{address("/")}}"{{!' aria-current="page"' if aria_current("/") == "page" else ""}}>
      <svg class="mark" viewBox="6 0 20 32" width="20" height="32" aria-hidden="true">
        <path d="M12.5 1.5h7a1 1 0 0 1 1 1V5a1 1 0 0 1-1 1H19v3.5c0 2.2 6 3.3 6 8V27a3.5 3.5 0 0 1-3.5 3.5h-11A3.5 3.5 0 0 1 7 27v-9.5c0-4.7 6-5.8 6-8V6h-.5a1 1 0 0 1-1-1V2.5a1 1 0 0 1 1-1z"/>
        <path class="rows" d="M10 17.5h2.5m2 0H22M10 21.5h2.5m2 0H22M10 25.5h2.5m2 0H22"/>
      </svg>
      Bottle Portfolio
    </a>
    <nav class="places" aria-label="Site">
      % places = menu()
      <ul>
        % for each in places:
        % if each.room != "never":
        <li class="{{each.room}}"><a href="{{address(each.path)}}"{{!f' aria-current="{each.current}"' if each.current else ""}}>{{each.text}}</a></li>
        % end
        % end
      </ul>
      % behind = [each for each in places if each.room != "always"]
      % is_behind = any(each.current for each in behind)
      <details class="menu{{"" if any(each.room == "never" for each in behind) else " narrow"}}">
        <summary{{!' class="here"' if is_behind else ""}}>More</summary>
        <ul>
          % for each in behind:
          <li{{!' class="narrow"' if each.room == "wide" else ""}}><a href="{{address(each.path)}}"{{!f' aria-current="{each.current}"' if each.current else ""}}>{{each.text}}</a></li>
          % end
        </ul>
      </details>
    </nav>
    % if not frozen:
    <nav class="you" aria-label="You">
      % if me:
      <details class="menu">
        <summary{{!' class="here"' if aria_current("/account") or aria_current("/history") or aria_current("/groups") or aria_current(f"/users/{me.id}") else ""}}>{{!portrait(me, 28)}}<bdi class="name">{{cell_text(me, "name")}}</bdi></summary>
        <ul>
          % for text, path in (("Your page", f"/users/{me.id}"), *((("Groups", "/groups"),) if classroom else ()), ("Account", "/account"), ("History", "/history")):
          <li><a href="{{address(path)}}"{{!f' aria-current="{aria_current(path)}"' if aria_current(path) else ""}}>{{text}}</a></li>
          % end
          <li><form id="logout" action="{{address("/logout")}}" method="post"><button class="link">Log out</button></form></li>
        </ul>
      </details>
      % else:
      <a href="{{address("/login")}}"{{!' aria-current="page"' if aria_current("/login") else ""}}>Log in</a>
      % end
    </nav>
    % elif alive:
    %   include("freezing/you")
    % end
  </header>
  <main id="main">
    % if notice:
    <p class="alert" role="alert">{{notice}}</p>
    % end
    {{!base}}
  </main>
  <footer class="site">
    <p>This page is made by <code>{{made_by}}</code> · <a href="{{address("/docs")}}">The API</a>
    % if lesson:
    · <a href="{{address("/docs/make-your-own")}}">Make your own</a>
    % end
    </p>
    % seen = trace()
    % if seen:
    <p><a href="{{address(seen.path)}}">{{seen.words}} – see how</a></p>
    % if seen.list_sql:
    <details class="list-sql">
      <summary>The SQL that made this list</summary>
      <pre tabindex="0"><code>{{seen.list_sql}}</code></pre>
      <p><a href="{{address(seen.list_path)}}">Try it on a copy</a></p>
    </details>
    % end
    % end
  </footer>
  % if alive:
  <div class="told alive"><p role="status"></p><button class="quiet" hidden></button></div>
  % end
</body>
</html>
