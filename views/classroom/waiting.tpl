% rebase("layout", title="Waiting", made_by="classroom/joining/join.py → models/joining.py → views/classroom/waiting.tpl")
% if joining.answered:
<h1>You are in {{joining.group.name}}</h1>
<p>Log in with your user id <strong>{{uid}}</strong> and the password that you chose.</p>
<p><a class="button" href="{{address("/login")}}">Log in</a></p>
% else:
<h1>Waiting for your teacher</h1>
<p>You asked to come into <bdi>{{joining.group.name}}</bdi> as <bdi>{{joining.name}}</bdi>. Your user id is <strong>{{uid}}</strong>: note it.</p>
<p>When your teacher has let you in, <a href="{{address("/join/waiting")}}">look again</a>.</p>
% end
