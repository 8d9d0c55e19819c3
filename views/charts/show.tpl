% rebase("layout", title=chart.title, made_by=chart.made_by)
<h1>{{chart.title}}</h1>
% if frozen:
<ul class="ways">
  % for name, label in fields:
  <li><a href="{{address(f"/{plural}/chart/by/{name}")}}"{{!' aria-current="true"' if name == by else ""}}>{{label}}</a></li>
  % end
</ul>
% elif len(fields) > 1:
<form id="count-by" class="by" action="{{address(f"/{plural}/chart")}}" method="get">
  <label for="by">Count by</label>
  <div>
    <select id="by" name="by">
      % for name, label in fields:
      <option value="{{name}}"{{" selected" if name == by else ""}}>{{label}}</option>
      % end
    </select>
    % for name, text in asked.items():
    <input name="{{name}}" type="hidden" value="{{text}}">
    % end
    <button>Show</button>
  </div>
</form>
% end
% if asked:
<p class="count">Only those {{", ".join(f"that have “{text}”" if name == "search" else f"whose {name} is {text}" for name, text in asked.items())}}. <a href="{{address(f"/{plural}/chart?by={by}")}}">Count all of them</a></p>
% end
% if chart.bars:
<div class="counts">
  % include("charts/row" if chart.is_row else "charts/lines", chart=chart)
  <div class="table" role="region" aria-label="{{chart.title}}" tabindex="0">
    <table>
      <thead>
        <tr><th scope="col">{{dict(fields)[by]}}</th><th scope="col" class="number">{{plural.replace("_", " ").capitalize()}}</th><th scope="col" class="number">Share</th></tr>
      </thead>
      <tbody>
        % for bar in chart.bars:
        <tr>
          <td><bdi>
            % if bar.link:
            <a href="{{bar.link}}">{{bar.label}}</a>
            % else:
            {{bar.label}}
            % end
          </bdi></td>
          <td class="number">{{bar.number}}</td>
          <td class="number">{{bar.share}}</td>
        </tr>
        % end
      </tbody>
    </table>
  </div>
</div>
% else:
<p class="empty">There is nothing to count yet.</p>
% end
<p class="onward"><a href="{{address(f"/{plural}")}}">All {{plural.replace("_", " ")}}</a></p>
