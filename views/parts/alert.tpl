% if problems:
% # A rule may name what no control of the form stands for.
% names = [control.name for control in get("controls", [])] or list(problems)
% others = "".join(f" {name} {message}." for name, message in problems.items() if name not in names)
<p class="alert" role="alert">{{what}}: {{len(problems)}} {{"value needs" if len(problems) == 1 else "values need"}} another look.{{others}}</p>
% end
