"""sqlite3 and json by hand: no framework, no models, a connection for each thread."""

import json
import os
import sqlite3
import threading
from datetime import date, datetime

local = threading.local()


def database():
    if not hasattr(local, "connection"):
        local.connection = sqlite3.connect(os.environ["DATABASE"], isolation_level=None)
        for pragma in ("journal_mode=wal", "synchronous=full", "foreign_keys=1"):
            local.connection.execute(f"pragma {pragma}")
    return local.connection


def users_where(condition, *values):
    users = {}
    today = date.today()
    some = f"select id, name, uid, role, dob from users {condition}"
    for number, name, uid, role, dob in database().execute(some, values):
        born = date.fromisoformat(dob)
        age = today.year - born.year - ((today.month, today.day) < (born.month, born.day))
        users[number] = {"id": number, "name": name, "uid": uid, "role": role, "dob": dob, "age": age, "posts": []}
    marks = ",".join("?" * len(users))
    posts = f"select id, user_id, note, alt, image, created from posts where user_id in ({marks}) order by id desc"
    for number, user, note, alt, image, created in database().execute(posts, list(users)):
        moment = created.replace(" ", "T") + "Z"
        post = {"id": number, "user": user, "note": note, "alt": alt, "image": image, "created": moment}
        users[user]["posts"].append(post)
    for user in users.values():
        user["posts_total"] = len(user["posts"])
        del user["posts"][10:]
    return list(users.values())


def first_users():
    return users_where("order by id limit 20")


def list_users():
    return {"users": first_users(), "total": total("users")}


def total(table):
    return database().execute(f"select count(*) from {table}").fetchone()[0]


def escape(value):
    return str(value).replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")


def users_page():
    more = ("uid", "dob", "age", "posts_total")
    rows = (
        f'<td>{user["id"]}</td><td><a href="/users/{user["id"]}">{escape(user["name"])}</a></td>'
        + "".join(f"<td>{escape(user[cell])}</td>" for cell in more)
        for user in first_users()
    )
    head = f"<!doctype html><title>Users</title><h1>Users</h1><p>{total('users')} users</p>"
    return f"{head}<table><tr>{'<tr>'.join(rows)}</table>"


def posts_page():
    columns = "note, alt, image, created, user_id, name"
    newest = f"select {columns} from posts join users on users.id = user_id order by posts.id desc limit 20"
    posts = (
        f"<article><p>{escape(note)}</p>"
        + (f'<img src="{escape(image)}" alt="{escape(alt)}">' if image else "")
        + f'<p><a href="/users/{user}">{escape(name)}</a>, <time>{created}</time></p></article>'
        for note, alt, image, created, user, name in database().execute(newest)
    )
    return f"<!doctype html><title>Posts</title><h1>Posts</h1><p>{total('posts')} posts</p>{''.join(posts)}"


def add_post(environ):
    post = json.loads(environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"])))
    created = datetime.now().isoformat(" ", "seconds")
    insert = "insert into posts (user_id, note, created) values (?, ?, ?)"
    number = database().execute(insert, (post["user"], post["note"], created)).lastrowid
    return post | {"id": number, "alt": None, "image": None, "created": created.replace(" ", "T") + "Z"}


def app(environ, start_response):
    path, content_type, status = environ["PATH_INFO"], "application/json", "200 OK"
    if path == "/api/users":
        body = json.dumps(list_users())
    elif path == "/users":
        body, content_type = users_page(), "text/html; charset=utf-8"
    elif path == "/posts":
        body, content_type = posts_page(), "text/html; charset=utf-8"
    elif path == "/api/posts":
        body, status = json.dumps(add_post(environ)), "201 Created"
    else:
        body = json.dumps(users_where("where id = ?", int(path.rpartition("/")[2]))[0])
    answer = body.encode()
    start_response(status, [("Content-Type", content_type), ("Content-Length", str(len(answer)))])
    return [answer]
