% rebase("layout", title=f"Rows of {known.name}", sheet="lab/lab.css lab/tables.css", made_by="lab/tables/one_table.py → views/lab/tables/rows.tpl")
<p class="lab-back"><a href="{{address("/lab/tables")}}">All tables</a></p>
<h1><code>{{known.name}}</code></h1>
<p class="lab-soft">{{f"The class {known.model.__name__}, {file}" if known.model else known.kept_for or ("A view." if known.stored.kind == "view" else "No class has it.")}}</p>
% if problem:
<p class="alert" role="alert">{{problem}} <a href="{{here}}">See all rows</a>.</p>
% end
% if columns:
<details class="lab-filter-fold"{{!" open" if asked.wanted or problem else ""}}>
  <summary>Filter</summary>
  <form id="filter" class="lab-wanted" action="{{here}}" role="search" aria-label="Which rows">
    % for number, each in enumerate(filters):
    % end_ = str(number + 1) if number else ""
    <fieldset>
      <legend class="unseen">Filter {{number + 1}}</legend>
      <label for="column{{end_}}" class="unseen">Column</label>
      <select id="column{{end_}}" name="column{{end_}}">
        <option value="">any column</option>
        % for name in columns:
        <option{{!" selected" if name == each.column else ""}} value="{{name}}">{{name}}</option>
        % end
      </select>
      <label for="is{{end_}}" class="unseen">How</label>
      <select id="is{{end_}}" name="is{{end_}}">
        % for way in ways:
        <option{{!" selected" if way == each.way else ""}}>{{way}}</option>
        % end
      </select>
      <label for="value{{end_}}" class="unseen">Value</label>
      <input id="value{{end_}}" name="value{{end_}}" value="{{each.value}}" autocomplete="off">
    </fieldset>
    % end
    % if sort:
    <input type="hidden" name="sort" value="{{sort}}">
    % end
    <div class="actions">
      <button class="quiet">Show these</button>
      % if asked.wanted:
      <a href="{{all_rows}}">Show all</a>
      % end
    </div>
  </form>
</details>
% end
% if not problem:
<p class="count">{{count}}{{" that fit" if asked.wanted and not is_alone else ""}}</p>
% if is_alone:
% include("lab/tables/one_row", row=rows[0], heads=heads, name=known.name)
% elif rows:
% include("lab/tables/many_rows", rows=rows, heads=heads, name=known.name, sort=sort, sort_url=sort_url)
% else:
<p class="empty">{{"No row fits that." if asked.wanted else "No row is here."}}</p>
% end
% include("parts/neighbours")
<details class="lab-sql">
  <summary>The SQL of this page</summary>
  <pre tabindex="0"><code>{{sql}}</code></pre>
  <p><a href="{{try_it}}">Try it on a copy</a></p>
</details>
% end
