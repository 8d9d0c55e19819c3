% if problems:
<p class="alert" role="alert">{{what}}: {{len(problems)}} {{"value needs" if len(problems) == 1 else "values need"}} another look.</p>
% end
