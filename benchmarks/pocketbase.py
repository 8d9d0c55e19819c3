"""PocketBase: one program in Go. Its users can log in, and a post is written with the token of one."""

import json
import sqlite3
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks.content import NEW_POST, SHOWN, WRITER, age, post_rows, user_rows
from benchmarks.peer import Peer
from benchmarks.running import Running, running, send

ADMIN, PASSWORD = "admin@example.org", "correct horse"
COLLECTIONS = "/api/collections"
EVERYONE, WRITERS = "", "@request.auth.id != '' && user = @request.auth.id"


class PocketBase(Peer):
    """It makes no pages. SQLite's pragmas are set inside the program, so its writes are less safe than the others'."""

    def __init__(self, name: str) -> None:
        routes = {
            "list": f"{COLLECTIONS}/users/records?perPage=20&sort=id&expand=posts_via_user",
            "one": f"{COLLECTIONS}/users/records/{long_id(1)}?expand=posts_via_user",
            "write": f"{COLLECTIONS}/posts/records",
        }
        super().__init__(name, "", "WAL, normal", routes)
        self.token = ""

    def words(self, port: int, folder: Path) -> list[str]:
        return [*self.program(folder), "serve", "--http", f"127.0.0.1:{port}"]

    def program(self, folder: Path) -> list[str]:
        return [str(Path(sys.executable).with_name("pocketbase")), "--dir", str(folder / "data")]

    def prepare(self, folder: Path) -> None:
        make_admin = [*self.program(folder), "superuser", "upsert", ADMIN, PASSWORD]
        subprocess.run(make_admin, check=True, capture_output=True)
        with running(self, folder) as server:
            admin = log_in(server, "_superusers", ADMIN)
            make_collections(server, admin)
            for row in user_rows():
                own = {"id": long_id(row["id"]), "dob": str(row["dob"]), "email": email(row["id"])}
                ask(server, f"{COLLECTIONS}/users/records", row | own | passwords(), admin)
            self.token = log_in(server, "users", email(WRITER))
        add_posts(folder / "data" / "data.db")

    def headers(self, route: str) -> dict[str, str]:
        return super().headers(route) | ({"Authorization": self.token} if route == "write" else {})

    def body(self) -> str:
        return json.dumps(NEW_POST | {"user": long_id(WRITER)})

    def user_of(self, said: dict) -> dict:
        """What a program that asks it has to work out itself: the age, the number of posts, the newest ones."""
        posts = sorted(said.get("expand", {}).get("posts_via_user", []), key=lambda post: post["id"], reverse=True)
        dob = said["dob"][:10]
        return {
            **{"id": int(said["id"]), "dob": dob, "age": age(date.fromisoformat(dob))},
            **{name: said[name] for name in ("name", "uid", "role")},
            **{"posts": [post_of(post) for post in posts[:SHOWN]], "posts_total": len(posts)},
        }


def post_of(said: dict) -> dict:
    numbers = {"id": int(said["id"]), "user": int(said["user"])}
    return numbers | {name: said[name] or None for name in ("note", "alt", "image", "created")}


def make_collections(server: Running, admin: str) -> None:
    """Everyone may read; users write for themselves."""
    open_to_all = {"listRule": EVERYONE, "viewRule": EVERYONE}
    users = ask(server, f"{COLLECTIONS}/users", None, admin, "GET")
    fields = [*users["fields"], *texts("uid", "role"), {"name": "dob", "type": "date"}]
    ask(server, f"{COLLECTIONS}/users", open_to_all | {"fields": fields}, admin, "PATCH")
    author = {"name": "user", "type": "relation", "collectionId": users["id"], "maxSelect": 1, "cascadeDelete": True}
    created = {"name": "created", "type": "autodate", "onCreate": True}
    posts = {"name": "posts", "type": "base", "fields": [author, created, *texts("note", "alt", "image")]}
    index = {"indexes": ["create index posts_user on posts (user)"]}
    ask(server, COLLECTIONS, posts | index | open_to_all | {"createRule": WRITERS}, admin)


def texts(*names: str) -> list[dict]:
    return [{"name": name, "type": "text"} for name in names]


def add_posts(path: Path) -> None:
    """Into its file, as it lets nobody say when a post was written."""
    database = sqlite3.connect(path)
    for row in post_rows():
        created = f"{row['created']}.000Z"
        values = (long_id(row["id"]), long_id(row["user"]), row["note"], created)
        database.execute("insert into posts (id, user, note, created) values (?, ?, ?, ?)", values)
    database.commit()
    database.close()


def long_id(number: int) -> str:
    return f"{number:015}"  # the shortest that it takes


def email(number: int) -> str:
    return f"user{number}@example.org"


def passwords() -> dict[str, str]:
    return {"password": PASSWORD, "passwordConfirm": PASSWORD}


def log_in(server: Running, collection: str, identity: str) -> str:
    path = f"{COLLECTIONS}/{collection}/auth-with-password"
    return str(ask(server, path, {"identity": identity, "password": PASSWORD})["token"])


def ask(server: Running, path: str, body: dict | None, token: str = "", method: str = "POST") -> Any:
    """What it answers. SystemExit when it refuses."""
    headers = {"Content-Type": "application/json", "Authorization": token}
    status, answer = send(server.port, path, body and json.dumps(body), headers, method)
    if status != 200:
        raise SystemExit(f"{server.peer.name} refuses {path}: {answer!r}")
    return json.loads(answer)
