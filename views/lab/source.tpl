% rebase("layout", title=f"{title[:60]} in {excerpt.place.file}", sheet="lab/lab.css", made_by="lab/one_request.py → views/lab/source.tpl")
<p class="lab-back"><a href="{{address(here)}}">{{record.method}} {{record.path}}</a></p>
<h1 class="lab-code-head"><code>{{title if len(title) < 100 else f"{title[:100]}…"}}</code></h1>
% if given:
<p class="lab-values">with <code>{{given}}</code></p>
% end
<p class="lab-place">{{excerpt.place if excerpt.marked else excerpt.place.file}}</p>
% if excerpt.problem:
<p class="empty">{{excerpt.problem}}</p>
% else:
<div class="lab-source" role="region" aria-label="Lines of {{excerpt.place.file}}" tabindex="0">
  <ol>
    % for number, text in enumerate(excerpt.lines, start=excerpt.first):
    <li class="{{"lab-marked" if number == excerpt.marked else ""}}">
      <span class="lab-n">{{number}}</span>
      % if number == excerpt.marked:
      <mark><code>{{text or " "}}</code></mark>
      % else:
      <code>{{text or " "}}</code>
      % end
      % for words, asked in notes.get(number, {}).items():
      <a class="lab-note" href="{{address(here)}}#statement-{{asked}}">{{words[:90]}}{{"…" if len(words) > 90 else ""}}</a>
      % end
    </li>
    % end
  </ol>
</div>
<p class="hint">These are the lines as they were when the request ran.</p>
% end
% if before or behind:
<nav class="neighbours lab-steps" aria-label="Steps">
  % if before:
  <a class="button quiet" href="{{address(f"{here}/steps/{before.number}")}}">← {{before.name}}</a>
  % end
  % if behind:
  <a class="button quiet" href="{{address(f"{here}/steps/{behind.number}")}}">{{behind.name}} →</a>
  % end
</nav>
% end
