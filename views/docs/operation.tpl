<article class="operation" id="{{operation["id"]}}">
  <details>
  <summary>
    <h3><code><span class="method">{{operation["method"]}}</span> {{operation["path"]}}</code></h3>
    <span class="hint">{{operation["summary"]}}</span>
  </summary>
  % for words in operation["paragraphs"]:
  <p>
  %   include("docs/words", words=words)
  </p>
  % end
  % if operation["parameters"]:
  %   include("docs/properties", heads=("In the address", "What it takes"), about=operation["id"], properties=operation["parameters"], is_asked=True)
  % end
  % if operation["body"]:
  %   include("docs/properties", heads=("In the body", "What it takes"), about=operation["id"], properties=operation["body"], is_asked=True)
  % end
  <p>
    It answers {{operation["status"]}}
    % if operation["schema_name"]:
    with a <a href="#{{operation["schema_name"]}}">{{operation["schema_name"]}}</a>
    % elif operation["answer"]:
    with an object
    % end
    % if operation["has_location"]:
    and the header <code>Location</code>, the address of what was made,
    % end
    or refuses with <a href="#errors">{{", ".join(operation["refusals"])}}</a>.
  </p>
  % if operation["answer"]:
  %   include("docs/properties", heads=("In the answer", "What it is"), about=operation["id"], properties=operation["answer"], is_asked=False)
  % end
  <details class="lines">
    <summary>Lines to copy<span class="unseen"> for {{operation["id"]}}</span></summary>
    % for language, snippet in operation["snippets"].items():
    <h4>{{language}}</h4>
    <pre tabindex="0"><code class="{{language.lower()}}">{{snippet}}</code></pre>
    % end
  </details>
  % if operation["can_be_tried"] and not frozen:
  %   include("docs/try", operation=operation)
  % end
  </details>
</article>
