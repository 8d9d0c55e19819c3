% rebase("layout", title="The API", description="What programs may ask of this site as JSON, with lines to copy for curl, Python and a browser.", made_by="routes/docs.py → routes/description/page.py → views/docs/show.tpl")
<h1>The API</h1>
<p class="lead">What programs may ask of this site, and how. It is made from the routes and the models themselves, and
programs can read it too: <a href="{{address("/api/openapi.json")}}">/api/openapi.json</a>, in OpenAPI 3.1.</p>
% if frozen:
<p>These pages are files, which only answer who reads: each row is a file, as <code>/api/users/1.json</code>, and so is
each page of a list, as <code>/api/users/page/1.json</code>. All else is asked of the program that made them.</p>
% end
<p>
  % include("docs/words", words=about)
</p>
<p>Where somebody must be logged in, the lines for curl and Python expect a token in the environment variable
<code>TOKEN</code>: from your account, or from <a href="#create_session">POST /api/sessions</a>.
The lines for a browser are for its console on a page of this site, where its cookie goes along.</p>
% for name, words in headers:
<p>The header <code>{{name}}</code>:
%   include("docs/words", words=words)
</p>
% end
<nav aria-label="On this page" class="contents">
  <ul>
    % for section in sections:
    <li><a href="#section-{{section["name"]}}">{{section["name"].capitalize()}}</a></li>
    % end
    <li><a href="#rows">What is answered</a></li>
    <li><a href="#errors">What is refused</a></li>
  </ul>
</nav>
% for section in sections:
<section aria-labelledby="section-{{section["name"]}}">
  <h2 id="section-{{section["name"]}}">{{section["name"].capitalize()}}</h2>
  % for operation in section["operations"]:
  %   include("docs/operation", operation=operation)
  % end
</section>
% end
<section aria-labelledby="rows">
  <h2 id="rows">What is answered</h2>
  % for schema in schemas:
  <article class="operation" id="{{schema["name"]}}">
    <details>
    <summary>
      <h3>{{schema["name"]}}</h3>
      <span class="hint">{{schema["about"]}}</span>
    </summary>
    % include("docs/properties", heads=("Name", "What it is"), about=schema["name"], properties=schema["properties"], is_asked=False)
    <h4>Example</h4>
    <pre tabindex="0"><code>{{schema["example"]}}</code></pre>
    </details>
  </article>
  % end
</section>
<section aria-labelledby="errors">
  <h2 id="errors">What is refused</h2>
  <p>Always as a <a href="#refusal">refusal</a>, of the type <code>application/problem+json</code>:</p>
  <ul>
    % for status, words in errors:
    <li><strong>{{status}}</strong> {{words}}</li>
    % end
  </ul>
</section>
<script src="{{address("/static/docs.js")}}" defer></script>
