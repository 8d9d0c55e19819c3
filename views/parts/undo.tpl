<form id="undo-{{change}}" action="{{address(f"/history/{change}/undo")}}" method="post">
  % include("parts/once")
  <button class="quiet">Undo<span class="unseen"> change {{change}}</span></button>
</form>
