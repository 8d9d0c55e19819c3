"""This house, for a visitor or a member: the same rows, put in by its own models."""

import json
from pathlib import Path

from app import create_app
from benchmarks.content import NEW_POST, WRITER, post_rows, user_rows
from benchmarks.peer import THREADS, Peer
from config import Settings
from models.post import Post
from models.session import Session
from models.shared.database import checkpoint, database
from models.user import User


class Ours(Peer):
    """`python app.py` with the settings in `more` besides. A `member` has a browser's cookie, and a script's token."""

    def __init__(self, name: str, member: bool = False, **more: str) -> None:
        super().__init__(name, "app.py")
        self.member, self.more = member, more
        if not member:
            del self.routes["write"]  # which visitors may not do

    def prepare(self, folder: Path) -> None:
        create_app(Settings(volumes=folder, sample_data="none"))
        with database.connection_context():
            fill()
            writer = User.get_by_id(WRITER)
            _, self.cookie = Session.start(writer, "browser", "Benchmark")
            _, self.token = Session.start(writer, "script", "Benchmark")
            checkpoint()
        database.close_all()

    def environ(self, port: int, folder: Path) -> dict[str, str]:
        own = {"VOLUMES": str(folder), "PORT": str(port), "THREADS": str(THREADS), "SAMPLE_DATA": "locked"}
        return own | self.more

    def headers(self, route: str) -> dict[str, str]:
        if not self.member:
            return {}
        if self.routes[route].startswith("/api/"):
            return super().headers(route) | {"Authorization": f"Bearer {self.token}"}
        return {"Cookie": f"session={self.cookie}"}

    def user_of(self, said: dict) -> dict:
        posts = [
            {name: value for name, value in post.items() if name not in ("group", "hidden_because")}
            for post in said["posts"]
        ]
        return {name: value for name, value in said.items() if name != "image"} | {
            "posts": posts
        }  # the others have none

    def body(self) -> str:
        return json.dumps(NEW_POST)


def fill() -> None:
    """The rows, with the ids that the others have."""
    with database.atomic():
        for row in user_rows():
            User.create(name=row["name"], uid=row["uid"], dob=row["dob"], role=row["role"])
        for row in post_rows():
            Post.create(user=row["user"], note=row["note"], created=row["created"])
