% # What has just been done, and how to undo it.
% change = change_to_undo()
<div class="success done" role="status">
  <p>{{words}}</p>
  % if change:
  %   include("parts/undo", change=change)
  % end
</div>
