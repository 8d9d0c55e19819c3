% # A form for a script: what it sends goes to the backend, and what is refused stands beside its field. Until the script
% # is there the button is disabled, as the browser itself would put what was typed into an address.
% rebase("layout", **({"script": "upload.js"} if has_files else {}), title=title, made_by="freezing/forms.py → views/freezing/form.tpl")
<h1>{{title}}</h1>
<noscript><p>This form needs JavaScript. <a href="{{frozen.backend}}{{path}}">The one of the site itself</a> does not.</p></noscript>
<form class="column alive" data-sends="{{sends}}" data-list="{{plural}}" data-types="{{types}}">
  <div class="alert summary" role="alert" tabindex="-1" hidden></div>
  % include("parts/controls", controls=controls, values=texts, problems={})
  <div class="actions">
    <button disabled>{{words}}</button>
    % for link, name in links:
    <a href="{{address(link)}}">{{name}}</a>
    % end
  </div>
</form>
