% for control in controls:
%   value = values.get(control.name)
%   include("parts/control", control=control, value="" if value is None else value, problem=problems.get(control.name))
% end
