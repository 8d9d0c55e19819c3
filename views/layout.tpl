<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta name="color-scheme" content="light dark">
  <title>{{title}} · Bottle Portfolio</title>
  <meta name="description" content="{{title}}, on a small site of people and what they write.">
  <link rel="stylesheet" href="{{address("/static/style.css")}}">
  <link rel="icon" href="{{address("/static/icon.svg")}}" type="image/svg+xml">
  % if 'method="post"' in base:
  <script src="{{address("/static/once.js")}}" defer></script>
  % end
  % if defined("script"):
  <script src="{{address(f"/static/{script}")}}" defer></script>
  % end
</head>
<body>
  <a class="skip" href="#main">Skip to the content</a>
  <header class="site">
    <a class="brand" href="{{address("/")}}">Bottle Portfolio</a>
    <nav aria-label="Site">
      <a href="{{address("/users")}}">Users</a>
      <a href="{{address("/posts")}}">Posts</a>
      % for plural in resources:
      <a href="{{address(f"/{plural}")}}">{{plural.replace("_", " ").capitalize()}}</a>
      % end
      % if me:
      <a href="{{address(f"/users/{me.id}")}}">{{cell_text(me, "name")}}</a>
      <a href="{{address("/account")}}">Account</a>
      <form id="logout" action="{{address("/logout")}}" method="post"><button class="link">Log out</button></form>
      % else:
      <a href="{{address("/login")}}">Log in</a>
      % end
    </nav>
  </header>
  <main id="main">
    % if notice:
    <p class="alert" role="alert">{{notice}}</p>
    % end
    {{!base}}
  </main>
  <footer class="site">
    <p>This page is made by <code>{{made_by}}</code> · <a href="{{address("/docs")}}">The API</a></p>
    % seen = trace()
    % if seen:
    <p><a href="{{address(seen.path)}}">{{seen.words}} – see how</a></p>
    % end
  </footer>
</body>
</html>
