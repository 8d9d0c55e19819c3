% # The part of its own that a joke's page has: views/resources/show.tpl includes it.
<div class="actions">
  <form id="haha" action="{{address(f"/jokes/{row.id}/haha")}}" method="post">
    % include("parts/once")
    <button>Haha</button>
  </form>
  <form id="boohoo" action="{{address(f"/jokes/{row.id}/boohoo")}}" method="post">
    % include("parts/once")
    <button class="quiet">Boohoo</button>
  </form>
</div>
