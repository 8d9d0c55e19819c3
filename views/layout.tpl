<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta name="color-scheme" content="light dark">
  <title>{{title}} · Bottle Portfolio</title>
  <link rel="stylesheet" href="/static/style.css">
  <link rel="icon" href="/static/icon.svg" type="image/svg+xml">
</head>
<body>
  <a class="skip" href="#main">Skip to the content</a>
  <header class="site">
    <a class="brand" href="/">Bottle Portfolio</a>
    <nav aria-label="Site">
      <a href="/users">Users</a>
      <a href="/posts">Posts</a>
    </nav>
  </header>
  <main id="main">
    {{!base}}
  </main>
  <footer class="site">
    <p>This page is made by <code>{{made_by}}</code></p>
  </footer>
</body>
</html>
