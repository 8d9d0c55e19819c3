% if label:
<form class="search asking{{" alive" if alive else ""}}" role="search" data-index="{{action}}/search.json"{{"" if alive else " hidden"}}>
  <label for="search">{{label}}</label>
  <div class="line">
    <input id="search" name="search" type="search" maxlength="100">
    <button>Search</button>
  </div>
  <p class="hint" role="status"></p>
  <ol class="found" hidden></ol>
</form>
<script src="{{address("/static/search.js")}}" defer></script>
% end
% if len(sorts) > 2:
<details class="orders">
  <summary>Sorted by: {{dict(sorts)[sort]}}</summary>
  <ul>
    % for value, words in sorts:
    <li><a href="{{sort_url(value)}}"{{!' aria-current="true"' if value == sort else ""}}>{{words}}</a></li>
    % end
  </ul>
</details>
% end
