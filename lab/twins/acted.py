"""Has twins run in Python by a process of its own, on the copy that statements read, too."""

import shutil
from collections import OrderedDict
from threading import Lock
from typing import Any

from lab.rehearsal import result_of
from lab.sql.reading_copy import Copy, NoCopy, sql_folder
from lab.sql.running import reading_copy
from models.shared.storage import storage
from models.shared.waiting import Busy, without_connection

SECONDS_TO_WAIT_FOR_PYTHON = 20.0
MOST_ASKED = 20  # lists of twins whose statements are remembered

one_acts = Lock()  # at a time
asked_before: OrderedDict[Any, list[dict[str, Any]]] = OrderedDict()  # by the copy and the texts


class NotActed(Exception):
    """It came to nothing; the message says why."""


def statements_of(texts: list[str], most_rows: int = 0) -> list[dict[str, Any]]:
    """What each of these texts asks of the database, and the first rows of what it gives; nothing of it stays.

    NotActed when that cannot be.
    """
    return in_line(texts, most_rows, keeps=False)


def changes_of(texts: list[str]) -> list[dict[str, Any]]:
    """The same, with what each changes on a copy of its own."""
    return in_line(texts, 0, keeps=True)


def in_line(texts: list[str], most_rows: int, keeps: bool) -> list[dict[str, Any]]:
    """One after the other. Busy when that takes too long."""
    if not one_acts.acquire(timeout=SECONDS_TO_WAIT_FOR_PYTHON):
        raise Busy("Other lines of Python are being run just now.")
    try:
        with without_connection(), reading_copy.in_use() as copy:
            key = copy.folder, tuple(texts), most_rows, keeps
            if key not in asked_before:
                asked_before[key] = in_folder_of_its_own(copy, texts, most_rows, keeps)
                while len(asked_before) > MOST_ASKED:
                    asked_before.popitem(last=False)
            return asked_before[key]
    except NoCopy as error:
        raise NotActed(str(error)) from None
    finally:
        one_acts.release()


def in_folder_of_its_own(copy: Copy, texts: list[str], most_rows: int, keeps: bool) -> list[dict[str, Any]]:
    """The same, in a folder that is gone afterwards."""
    try:
        place = sql_folder()
    except OSError as error:
        raise NotActed(f"There is no place for the copy: {error.strerror}.") from None
    job: dict[str, Any] = {"copy": str(copy.path), "secrets": copy.secrets, "place": str(place)}
    job |= {"uploads": storage.lent, "twins": texts, "most_rows": most_rows, "keeps": keeps}
    try:
        result = result_of(job, "lab.twins.act")
    finally:
        shutil.rmtree(place, ignore_errors=True)
    if result["problem"]:
        raise NotActed(result["problem"])
    found: list[dict[str, Any]] = result["twins"]
    return found
