"""How many queries a list takes: as many, however many rows it has."""

import tempfile
from pathlib import Path

from playhouse.test_utils import count_queries
from werkzeug.test import Client

from app import create_app
from config import Settings
from models.shared.database import database

PATHS = ("/users", "/users?sort=-dob&search=e", "/users/1", "/posts", "/api/users", "/api/users/1", "/api/posts")


def queries_of_lists() -> dict[str, int]:
    """The queries of each path, for a visitor."""
    with tempfile.TemporaryDirectory() as folder:
        visitor = Client(create_app(Settings(volumes=Path(folder))))
        counts = {path: queries_of(visitor, path) for path in PATHS}
        database.close_all()
        return counts


def queries_of(visitor: Client, path: str) -> int:
    with count_queries() as counted:
        visitor.get(path)
    return int(counted.count)
