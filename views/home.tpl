% rebase("layout", title="Welcome", made_by="routes/pages.py → views/home.tpl")
<h1>A table is a class</h1>
<p class="lead">Its rows are objects, and their own methods create, read, update and delete them. This small site
shows it with people and what they write.</p>
<ul class="cards">
  <li>
    <h2><a href="{{address("/users")}}">Users</a></h2>
    <p>Everyone in the table <code>users</code>: search, sort{{"" if can_add_users else "."}}
    % if can_add_users:
    and <a href="{{address("/users/new")}}">add one</a>.
    % end
    </p>
  </li>
  <li>
    <h2><a href="{{address("/posts")}}">Posts</a></h2>
    <p>What they wrote, the newest first, from the table <code>posts</code>.</p>
  </li>
  <li>
    <h2><a href="{{address("/docs")}}">The API</a></h2>
    <p>The same for programs, as JSON, like <a href="{{address("/api/users")}}"><code>/api/users</code></a>.</p>
  </li>
</ul>
<h2>Follow one request</h2>
<p>Each page says at its foot which files made it. To list the users, <code>routes/users.py</code> asks the class in
<code>models/user.py</code> for rows and hands them to <code>views/users/list.tpl</code>. That is all.</p>
<h2>See the tables</h2>
<p>The rows are in one file, <code>volumes/sqlite.db</code>, unless the settings name another database. Any SQLite
viewer opens it, and so does the <code>sqlite3</code> program:</p>
<pre tabindex="0"><code>sqlite3 volumes/sqlite.db 'select id, _name, _uid, _dob from users;'</code></pre>
