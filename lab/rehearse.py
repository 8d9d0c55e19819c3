"""Rehearses one request on a copy: `python -m lab.rehearse` reads what to do as a line of JSON, and writes what came.

It is a process of its own, so that it can be ended, and so that nothing of the site's is in its reach.
"""

import json
import os
import sqlite3
import sys
from http import HTTPStatus
from pathlib import Path
from typing import Any

from peewee import PeeweeException

from config import BadSetting, Settings
from lab.changes import changed_rows, watch_rows
from lab.json_form import record_as_json
from lab.own_process import end_with_parent, ending, own_output
from lab.repeated import STAND_IN, NotHeld, Repeated, repeated
from lab.secrets import Secrets, without_hashes
from lab.sent import kept_value
from lab.stage import LentFolder, hold_back, keep_to_one_file
from models.shared.database import database
from models.shared.live_copy import copy_live
from models.shared.start_errors import Unusable
from models.shared.storage import storage
from models.shared.unavailable import FULL
from models.shared.writable import has_room

MOST_SHOWN_OF_ANSWER = 20_000  # letters that are shown
MOST_READ_OF_ANSWER = 8 * 1024 * 1024  # of an answer that are read


def main() -> None:
    """Read, rehearse, write, and end, whatever else may still run."""
    out = own_output()
    job = json.loads(sys.stdin.readline())
    end_with_parent(Path(job["place"]))
    try:
        result = rehearsed(job)
    except (NotHeld, Unusable, BadSetting) as error:
        result = {"problem": str(error)}
    except (OSError, PeeweeException, sqlite3.Error) as error:
        result = {"problem": FULL if is_full(error) else f"The copy could not be made: {error}"}
    with ending:
        out.write(json.dumps(result))
        out.flush()
        os._exit(0)


def is_full(error: Exception) -> bool:
    """Whether the disk has no room left."""
    return "full" in str(error) or "No space" in str(error)


def rehearsed(job: dict[str, Any]) -> dict[str, Any]:
    """What the request of the job would do."""
    again = repeated(job["asked"])
    volumes = Path(job["place"]) / "volumes"
    volumes.mkdir()
    settings = Settings(volumes=volumes, **job["settings"])
    if not has_room(volumes, 2 * Path(job["database"]).stat().st_size):
        return {"problem": FULL}
    copy_live(job["database"], settings.database_path)
    hold_back(Path(job["place"]))
    from app import create_app

    site = create_app(settings)
    keep_to_one_file(database.obj)
    files = LentFolder(volumes / "uploads", job["uploads"])
    storage.initialize(files)
    kept = set(files.names())
    log_in(again, job["asked"])
    watch_rows(settings.database_path)
    answer = answer_of(site, again)
    records = site.records.all()
    return {
        "problem": "",
        "notes": again.notes,
        "answer": answer,
        "record": record_as_json(records[0]) if records else None,
        "changes": changed_rows(settings.database_path),
        "files": {"come": sorted(set(files.names()) - kept), "go": sorted(files.gone)},
    }


def log_in(again: Repeated, asked: dict[str, Any]) -> None:
    """On the copy, be who asked; and have the made-up password be the right one, when the real one was."""
    from models.session import Session
    from models.shared.passwords import hash_of
    from models.user import User

    with database.connection_context():
        user = User.get_or_none(User.id == asked["user_id"]) if asked["user_id"] else None
        if asked["user_id"] and user is None:
            raise NotHeld("Whoever asked for it is no longer there.")
        if again.fills_in and asked["status"] < 400:
            whose = (User.id == asked["user_id"]) if user else (User.uid == str(asked["body"].get("uid", "")))
            if User.update({User.password_hash: hash_of(STAND_IN)}).where(whose).execute():
                again.notes.append("On the copy the made-up password is the right one, as the real one was.")
        if user:
            user = User.get_by_id(user.id)
            kind = asked["login_kind"] or "browser"
            _, token = Session.start(user, kind, "A rehearsal")
            name, words = ("Authorization", "Bearer ") if kind == "script" else ("Cookie", "session=")
            again.headers[name] = words + token


def answer_of(site: Any, again: Repeated) -> dict[str, Any]:
    """What is answered, in short."""
    said: list[Any] = []

    def start(status: str, headers: list[tuple[str, str]], _exc_info: Any = None) -> None:
        said[:] = [int(status[:3]), headers]

    body, size = b"", 0
    pieces = site(again.environ(), start)
    for piece in pieces:
        size += len(piece)
        body += piece if len(body) < MOST_READ_OF_ANSWER else b""
        if size > MOST_READ_OF_ANSWER:
            break
    if hasattr(pieces, "close"):
        pieces.close()
    status, headers = said
    kind = next((value for name, value in headers if name == "Content-Type"), "")
    return {
        "status": status,
        "phrase": HTTPStatus(status).phrase,
        "type": kind,
        "location": next((without_hashes(value) for name, value in headers if name == "Location"), ""),
        "cookies": [value.partition("=")[0] for name, value in headers if name == "Set-Cookie"],
        "bytes": size,
        "text": text_of(body, kind)[:MOST_SHOWN_OF_ANSWER],
    }


def text_of(body: bytes, kind: str) -> str:
    """What is shown of the body: its text, without secrets."""
    if "json" in kind:
        try:
            found = kept_value("", json.loads(body), Secrets())
        except (ValueError, RecursionError):
            return ""
        return json.dumps(found, indent=2, ensure_ascii=False)
    is_text = kind.startswith("text/")
    return without_hashes(body[: MOST_SHOWN_OF_ANSWER * 4].decode("utf-8", "replace")) if is_text else ""


if __name__ == "__main__":
    main()
