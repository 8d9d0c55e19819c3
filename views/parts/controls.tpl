% for control in controls:
%   value, difference = values.get(control.name), differences.get(control.name)
%   if difference:
<div class="differing">
%   end
%   include("parts/control", control=control, value="" if value is None else value, problem=problems.get(control.name))
%   if difference:
%     include("parts/difference", control=control, difference=difference)
</div>
%   end
% end
