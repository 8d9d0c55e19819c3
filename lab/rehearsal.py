"""Has a request rehearsed by a process of its own, on a copy that is thrown away, whatever becomes of it."""

import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections import OrderedDict
from contextlib import suppress
from pathlib import Path
from threading import Lock, Timer
from typing import Any

from bottle import ConfigDict

from lab.record import Record
from models.shared.database import database
from models.shared.start_errors import HOUSE
from models.shared.storage import storage
from models.shared.waiting import Busy, without_connection

MOST_SECONDS_OF_REHEARSAL = 15.0
MOST_RESULT = 4 * 1024 * 1024  # bytes
MOST_REHEARSALS = 5  # that are remembered
FOLDER_NAME = "portfolio-rehearsal-"
LEFT_AFTER = 600  # seconds: a folder of a process that was killed together with the site
TOO_LONG = f"It had not ended after {MOST_SECONDS_OF_REHEARSAL:.0f} seconds, so it was stopped."
FAILED = "It ended without a result: the process that rehearsed it has failed."
WHAT_IS_ASKED = [
    *("method", "path", "query", "prefix", "scheme", "client", "headers", "body", "body_type", "files"),
    *("user_id", "login_kind", "status"),
]
SAME_SETTINGS = ("directory", "sign_up", "host", "origins", "prefix")

one_rehearsal = Lock()  # at a time


class Rehearsals:
    """What came of the last ones, by the numbers of their records."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.results: OrderedDict[int, dict[str, Any]] = OrderedDict()

    def add(self, number: int, result: dict[str, Any]) -> None:
        """Remember one, and forget the oldest."""
        with self.lock:
            self.results.pop(number, None)
            self.results[number] = result
            while len(self.results) > MOST_REHEARSALS:
                self.results.popitem(last=False)

    def get(self, number: int) -> dict[str, Any] | None:
        """What came of the last one for this record; None when there was none, or it is forgotten."""
        with self.lock:
            return self.results.get(number)


def rehearse(record: Record, config: ConfigDict) -> dict[str, Any]:
    """What the request would do now; `problem` says why it could not be found out. Busy while there is another one."""
    if not one_rehearsal.acquire(blocking=False):
        raise Busy("Another request is being rehearsed just now.")
    try:
        with without_connection():
            return in_own_folder(record, config)
    finally:
        one_rehearsal.release()


def in_own_folder(record: Record, config: ConfigDict) -> dict[str, Any]:
    """The same, in a folder that is gone afterwards."""
    try:
        sweep_folders()
        place = tempfile.mkdtemp(prefix=FOLDER_NAME)
    except OSError as error:
        return {"problem": f"There is no place for the copy: {error.strerror}."}
    try:
        return result_of(job_of(record, config, place))
    finally:
        shutil.rmtree(place, ignore_errors=True)


def sweep_folders() -> None:
    """Remove what is left of a rehearsal that was killed together with its site."""
    for folder in Path(tempfile.gettempdir()).glob(f"{FOLDER_NAME}*"):
        if folder.stat().st_mtime < time.time() - LEFT_AFTER:
            shutil.rmtree(folder, ignore_errors=True)


def job_of(record: Record, config: ConfigDict, place: str) -> dict[str, Any]:
    """What the process has to know."""
    settings = {name: config[name] for name in SAME_SETTINGS}
    settings["sample_data"] = "lesson" if config["lesson"] else "locked"
    settings["lab"] = "on" if config["lab"] == "admins" else "auto"
    asked = asked_of_record(record)
    folder = storage.lent
    return {"place": place, "database": database.database, "uploads": folder, "settings": settings, "asked": asked}


def asked_of_record(record: Record) -> dict[str, Any]:
    """What the record holds of the request."""
    return {name: getattr(record, name) for name in WHAT_IS_ASKED}


def result_of(job: dict[str, Any], program: str = "lab.rehearse") -> dict[str, Any]:
    """What a new process writes. It is ended when it takes too long."""
    command = [sys.executable, "-B", "-m", program]
    pipe, nowhere = subprocess.PIPE, subprocess.DEVNULL
    began = time.monotonic()
    with subprocess.Popen(command, cwd=HOUSE, stdin=pipe, stdout=pipe, stderr=nowhere) as process:  # noqa: S603 - ours
        timer = Timer(MOST_SECONDS_OF_REHEARSAL, process.kill)
        timer.start()
        try:
            send(job, process)
            result = json.loads(process.stdout.read(MOST_RESULT) if process.stdout else b"")
        except (OSError, ValueError):
            is_late = time.monotonic() - began >= MOST_SECONDS_OF_REHEARSAL
            result = {"problem": TOO_LONG if is_late else FAILED}
        finally:
            timer.cancel()
            process.kill()
            with suppress(OSError):  # it may have ended before it had read all
                process.stdin.close()  # type: ignore[union-attr]
    return result | {"seconds": round(time.monotonic() - began, 1)}


def send(job: dict[str, Any], process: "subprocess.Popen[bytes]") -> None:
    """Tell the process what to do. Its input stays open: by the end of it, it sees that we are gone."""
    if process.stdin:
        process.stdin.write(json.dumps(job).encode() + b"\n")
        process.stdin.flush()
