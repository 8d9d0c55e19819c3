    <nav class="you alive" aria-label="You">
      <a href="{{address("/login")}}"{{!' aria-current="page"' if aria_current("/login") else ""}}>Log in</a>
      <details class="menu" hidden>
        <summary><bdi class="name"></bdi></summary>
        <ul>
          <li><a class="own-page" href="{{address("/")}}">Your page</a></li>
          <li><a href="{{frozen.backend}}/account">Your account, on the site itself</a></li>
          <li><button class="link log-out">Log out</button></li>
        </ul>
      </details>
    </nav>
