% rebase("layout", title="Welcome", made_by="routes/pages.py → views/home.tpl", description="A small site whose tables are classes: its rows as pages for people, and as JSON for programs.")
<div class="opening">
  <div>
    <h1>A table is a class</h1>
    <p class="lead">Its rows are objects, and their own methods create, read, update and delete them. Here is what this
    site has, as pages for people and as <a href="{{address("/docs")}}">JSON for programs</a>.</p>
  </div>
  % if lesson and not me:
  <div>
    % include("parts/lesson_login")
    <p><a class="button" href="{{address("/login")}}">Log in</a></p>
  </div>
  % end
</div>
<h2 id="tables">Tables</h2>
<ul class="cards">
  % for each in cards:
  <li>
    % if frozen and each.total is None:
    <h3>{{each.title}}</h3>
    % else:
    <h3><a href="{{address(each.path)}}">{{each.title}}</a></h3>
    % end
    % if each.total is None:
    <p class="closed">{{"For admins." if each.for_admins else "For those who are logged in."}}</p>
    % else:
    <p class="total"><strong>{{f"{each.total:,}"}}</strong> {{"row" if each.total == 1 else "rows"}}{{" of yours" if each.is_theirs else ""}}</p>
    % if each.newest:
    <p class="newest">The newest: <a href="{{address(each.newest_path)}}"><bdi>{{each.newest}}</bdi></a></p>
    % else:
    <p class="newest">Nothing is in it yet.</p>
    % end
    % end
    <p class="ways">
      % if lesson:
      <code>{{each.file}}</code>
      % end
      % if each.total is not None:
      <a href="{{address(f"/api{each.path}")}}">JSON<span class="unseen"> of {{each.title}}</span></a>
      % end
    </p>
  </li>
  % end
</ul>
<h2>What refers to what</h2>
<div class="map">
  % include("parts/drawing", drawing=drawing, label="The tables")
  <div>
    <p>A box is a table. What stands in it are its foreign keys, each with a line to the table whose rows it names.</p>
    % include("parts/references", tables=tables)
  </div>
</div>
% if lesson:
<div class="beside">
  <section>
    <h2>Follow one request</h2>
    <p>Each page says at its foot which files made it. To list the users, <code>routes/users.py</code> asks the class in
    <code>models/user.py</code> for rows and hands them to <code>views/users/list.tpl</code>. That is all.</p>
    <p>Then <a href="{{address("/docs/make-your-own")}}">make a table of your own</a>, step by step.</p>
  </section>
  <section>
    <h2>See the rows</h2>
    <p>They are in one file, <code>volumes/sqlite.db</code>, unless the settings name another database. Any SQLite
    viewer opens it, and so does the <code>sqlite3</code> program:</p>
    <pre tabindex="0"><code>sqlite3 volumes/sqlite.db 'select id, _name, _uid, _dob from users;'</code></pre>
  </section>
</div>
% end
