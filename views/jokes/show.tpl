% # The part of its own that a joke's page has: views/resources/show.tpl includes it.
<div class="actions">
  % include("jokes/actions", row=row, back="")
</div>
