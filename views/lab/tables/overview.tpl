% rebase("layout", title="Tables", sheet="lab/lab.css lab/tables.css", made_by="lab/tables/page.py → views/lab/tables/overview.tpl")
% include("lab/rooms", room="tables")
<h1>Tables</h1>
<p class="lead">What the database has, and the class that each table belongs to. A column is called as in SQL, with its attribute beside it.</p>
% differing = [each for found in advice.values() for each in found]
% if differing:
% count = len(differing)
<p class="lab-difference"><strong>{{count}} {{"thing differs" if count == 1 else "things differ"}} from what the classes say.</strong> <a href="#differences">See what to do</a>.</p>
% end
<form class="lab-leave-out" id="choose" action="{{address("/lab/tables")}}" role="search" aria-label="What is in the picture">
  <fieldset>
    <legend>Leave out</legend>
    % for name, said in choices.items():
    <label class="choice"><input type="checkbox" name="{{name}}" value="no"{{!" checked" if name in left_out else ""}}> {{said}}</label>
    % end
    <button class="quiet">Draw it</button>
  </fieldset>
</form>
% if shown.tables:
<div class="lab-schema" role="region" aria-label="The tables as a picture" tabindex="0">{{!drawn}}</div>
% else:
<p class="empty">There is no table to be drawn. <a href="{{address("/lab/tables")}}">Draw all of them</a>.</p>
% end
<p class="actions lab-downloads">
  <a href="{{address("/lab/tables.svg")}}{{asked}}" download>Download as SVG</a>
  <a href="{{address("/lab/tables.mmd")}}{{asked}}" download>Download for Mermaid</a>
</p>
<h2 id="legend">What the signs mean</h2>
<ul class="lab-legend">
  % for sign, said in legend:
  <li>{{!sign}} {{said}}</li>
  % end
</ul>
% include("parts/references", tables=in_words)
% if differing:
<h2 id="differences">What differs</h2>
% for each in differing:
% include("lab/tables/difference", each=each)
% end
% end
<h2 id="tables">One by one</h2>
% for card in cards:
% include("lab/tables/card", card=card, differs=bool(advice[card.known.name]))
% end
% if others:
<h2 id="others">Kept for itself</h2>
<p>The database and the search keep these. They change along with the others, and are in no picture.</p>
<ul class="lab-others">
  % for card in others:
  <li id="{{card.id}}">
    % if card.href:
    <a href="{{card.href}}"><code>{{card.known.name}}</code></a>
    % else:
    <code>{{card.known.name}}</code>
    % end
    <span class="lab-soft">{{card.known.kept_for}}</span>
  </li>
  % end
</ul>
% end
