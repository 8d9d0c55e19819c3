% rebase("layout", title=title, made_by="routes/shared/errors.py → views/error.tpl")
<p class="status">{{status}}</p>
<h1>{{title}}</h1>
% if problems:
<ul>
  % for name, message in problems.items():
  <li><strong>{{name}}</strong> {{message}}</li>
  % end
</ul>
% elif detail:
<p>{{detail}}</p>
% end
% if onward:
<p><a href="{{address(onward)}}">Search the list</a></p>
% end
% seen = trace()
% if seen and seen.has_failure:
<p><a href="{{address(f"{seen.path}#failure")}}">See in which line it went wrong</a></p>
% end
% if request_id:
<p>Should you ask somebody about it, tell them the request: <code>{{request_id}}</code></p>
% end
<p class="onward"><a href="{{address("/")}}">Back to the first page</a></p>
