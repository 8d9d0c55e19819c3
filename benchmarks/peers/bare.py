"""The floor: a WSGI function whose answers have been made before anybody asks. It writes nothing."""

import json

from benchmarks.content import NEW_POST, WRITER, expected_users, post_rows

CELLS = ("id", "name", "uid", "dob", "age", "posts_total")
USERS = expected_users()
LINKS = {user["id"]: f'<a href="/users/{user["id"]}">{user["name"]}</a>' for user in USERS}
ROWS = "".join(
    "<tr>" + "".join(f"<td>{LINKS[user['id']] if cell == 'name' else user[cell]}</td>" for cell in CELLS) + "</tr>"
    for user in USERS
)
POSTS = post_rows()
NOTES = "".join(f"<p>{post['note']} {LINKS[post['user']]}, {post['created']}</p>" for post in reversed(POSTS[-20:]))
ANSWERS = {
    "/api/users": ("application/json", json.dumps({"users": USERS, "total": len(USERS)}).encode()),
    "/api/users/1": ("application/json", json.dumps(USERS[0]).encode()),
    "/users": (
        "text/html; charset=utf-8",
        f"<!doctype html><h1>Users</h1>{len(USERS)} users<table>{ROWS}</table>".encode(),
    ),
    "/posts": ("text/html; charset=utf-8", f"<!doctype html><h1>Posts</h1>{len(POSTS)} posts{NOTES}".encode()),
    "/api/posts": ("application/json", json.dumps(NEW_POST | {"user": WRITER}).encode()),
}


def app(environ, start_response):
    content_type, body = ANSWERS[environ["PATH_INFO"]]
    status = "201 Created" if environ["REQUEST_METHOD"] == "POST" else "200 OK"
    start_response(status, [("Content-Type", content_type), ("Content-Length", str(len(body)))])
    return [body]
