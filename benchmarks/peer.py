"""Somebody to be compared: how it is started, what is asked of it, and how safe what it has written is."""

import json
import sys
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.content import NEW_POST, WRITER, make_database

THREADS = 8  # where the server has such a setting
ROUTES = {
    "list": "/api/users",
    "one": "/api/users/1",
    "page": "/users",
    "posts": "/posts",
    "write": "/api/posts",
}
FULL = "WAL, full"  # SQLite's pragmas journal_mode and synchronous: each commit is on the disk before the answer


@dataclass
class Peer:
    """`command` has the words after `python`; {port} and {threads} are put in."""

    name: str
    command: str
    written: str = FULL
    routes: dict[str, str] = field(default_factory=lambda: dict(ROUTES))

    def prepare(self, folder: Path) -> None:
        """Put the rows into `folder`, which is empty."""
        make_database(folder / "sqlite.db")

    def words(self, port: int, folder: Path) -> list[str]:
        """The command, whole."""
        return [sys.executable, *self.command.format(port=port, threads=THREADS).split()]

    def environ(self, port: int, folder: Path) -> dict[str, str]:
        """What it needs in its environment."""
        return {"DATABASE": str(folder / "sqlite.db")}

    def headers(self, route: str) -> dict[str, str]:
        """What a request of `route` carries."""
        return {"Content-Type": "application/json"} if route == "write" else {}

    def user_of(self, said: dict) -> dict:
        """A user it has told of, in the words of the others."""
        return said

    def body(self) -> str:
        """The post to write."""
        return json.dumps(NEW_POST | {"user": WRITER})
