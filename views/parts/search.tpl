<form class="search" role="search" action="{{action}}" method="get">
  <label for="search">{{label}}</label>
  <div>
    <input id="search" name="search" type="search" value="{{search}}" maxlength="100">
    <input name="sort" type="hidden" value="{{sort}}">
    <button>Search</button>
  </div>
</form>
