% rebase("layout", title=guide.heading, made_by="docs/make-your-own.md → routes/docs.py → views/docs/guide.tpl")
<h1>{{guide.heading}}</h1>
<nav class="contents" aria-label="Steps">
  <ul>
    % for place, head in guide.sections.items():
    <li><a href="#{{place}}">{{head}}</a></li>
    % end
  </ul>
</nav>
<div class="guide">
{{!guide.html}}
</div>
