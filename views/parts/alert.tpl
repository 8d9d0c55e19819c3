% # Why a form was refused: the page begins here, and each message leads to its field.
% if problems:
% labels = {control.name: control.label for control in controls}
% what = "It was changed while you were writing, and nothing was saved yet" if conflicts else what
<div class="alert summary" role="alert" tabindex="-1" autofocus>
  <p>{{what}}: {{len(problems)}} {{"value needs" if len(problems) == 1 else "values need"}} another look.</p>
  <ul>
    % for name, message in problems.items():
    % if name in labels:
    <li><a href="#{{name}}">{{labels[name]}} {{message}}</a></li>
    % else:  # a rule may name what no control of the form stands for
    <li>{{name}} {{message}}</li>
    % end
    % end
  </ul>
</div>
% end
