% for control in controls:
%   value, conflict = values.get(control.name), conflicts.get(control.name)
%   if conflict:
<div class="differing">
%   end
%   include("parts/control", control=control, value="" if value is None else value, problem=problems.get(control.name))
%   if conflict:
%     include("parts/conflict", control=control, conflict=conflict)
</div>
%   end
% end
