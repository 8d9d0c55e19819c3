"""Has statements run by a process of its own, on a copy. The rest of the lab asks here."""

import json
import shutil
import subprocess
import sys
from collections.abc import Sequence
from datetime import date, time
from threading import BoundedSemaphore, Timer
from typing import Any

from lab.sql.limits import MOST_LETTERS_OF_SQL, SECONDS_OF_SQL, SECONDS_TO_COMPARE
from lab.sql.reading_copy import Copy, NoCopy, ReadingCopy, sql_folder
from lab.sql.words import COPY_FULL, TOO_LATE
from models.shared.start_errors import HOUSE
from models.shared.text import can_be_sent
from models.shared.waiting import Busy, without_connection

SECONDS_TO_BEGIN = 10.0  # for Python, and for the copy that is to be changed
SECONDS_TO_STOP = 0.5  # more, so that SQLite itself can say that it is too late
MOST_AT_ONCE = 2
SECONDS_IN_LINE = 5.0
ENDED = "It ended without a result: the process that ran it was stopped by the system."
# What comes more than once, and what it is called in the result.
SEVERAL = {"statement": "statements", "touches": "touches", "note": "notes", "read_secret": "read_secrets"}
GivenSql = Sequence[tuple[str, Sequence[Any]]]  # statements with the values for their places

places = BoundedSemaphore(MOST_AT_ONCE)
reading_copy = ReadingCopy()


def run_all_sql(statements: GivenSql, seconds: float = SECONDS_OF_SQL) -> dict[str, Any]:
    """What became of the statements, which see what the ones before them did. Busy when too many are being run.

    `problem` says why one came to nothing; then there are no others. `statements` has for each `columns`, `rows`,
    `cut`, `count`, `changed`, `ms` and its `plan` in `words` and as a `tree`. When one of them changes something, all
    run on a copy that is thrown away; `changes` has what is another one there, and `touches` what each would write.
    `read_secrets` are columns that are ••• on the copy only.
    """
    if sum(len(sql) for sql, _ in statements) > MOST_LETTERS_OF_SQL:
        return no_result(f"That is too long: at most {MOST_LETTERS_OF_SQL:,} letters are run.")
    if any("\0" in sql for sql, _ in statements):
        return no_result("There is a NUL in it, and no text of SQL can have one.")
    if any(not can_be_sent(sql) for sql, _ in statements):
        return no_result("There is half of a letter in it, and no text can have one.")
    if not places.acquire(timeout=SECONDS_IN_LINE):
        raise Busy("Other statements are being run just now.")
    try:
        with without_connection(), reading_copy.in_use() as copy:
            return in_place(copy, statements, seconds)
    except NoCopy as error:
        return no_result(str(error)) | {"is_unavailable": True}
    finally:
        places.release()


def run_sql(sql: str, values: Sequence[Any] = ()) -> dict[str, Any]:
    """The same for one text, which may be several statements."""
    return run_all_sql([(sql, values)])


def no_result(problem: str) -> dict[str, Any]:
    """Nothing yet, or nothing at all, and why."""
    several: dict[str, Any] = {name: [] for name in SEVERAL.values()}
    return {"problem": problem, "changes": None, "is_unavailable": False} | several


def in_place(copy: Copy, statements: GivenSql, seconds: float) -> dict[str, Any]:
    """The same, with a folder that is gone afterwards."""
    try:
        place = sql_folder()
    except OSError:
        return no_result(COPY_FULL)
    try:
        given = [(sql, [as_value(value) for value in values]) for sql, values in statements]
        job = {"copy": str(copy.path), "secrets": copy.secrets, "place": str(place)}
        return result_of_job(job | {"statements": given, "seconds": seconds})
    finally:
        shutil.rmtree(place, ignore_errors=True)


def as_value(value: Any) -> Any:
    """A value for a place, in JSON's types, as the site writes it into a table."""
    if isinstance(value, date | time):  # a datetime is a date
        return str(value)
    return value if value is None or isinstance(value, str | int | float) else str(value)


class Deadline:
    """Ends a process when a time is over, which may be set anew."""

    def __init__(self, process: "subprocess.Popen[bytes]", seconds: float) -> None:
        self.process, self.has_passed = process, False
        self.timer = Timer(seconds, self.end)
        self.timer.start()

    def again(self, seconds: float) -> None:
        """So long from now on."""
        self.timer.cancel()
        self.timer = Timer(seconds, self.end)
        self.timer.start()

    def end(self) -> None:
        """It is over."""
        self.has_passed = True
        self.process.kill()


def result_of_job(job: dict[str, Any]) -> dict[str, Any]:
    """What a new process says, as far as it comes. It is ended when it takes too long."""
    command = [sys.executable, "-B", "-S", "-X", "utf8", "-m", "lab.sql.inside"]
    pipe, nowhere = subprocess.PIPE, subprocess.DEVNULL
    result = no_result("")
    with subprocess.Popen(command, cwd=HOUSE, stdin=pipe, stdout=pipe, stderr=nowhere) as process:  # noqa: S603 - ours
        deadline = Deadline(process, SECONDS_TO_BEGIN)
        try:
            has_ended = has_said_all(process, job, deadline, result)
        except (OSError, ValueError):  # it was ended, perhaps within a line
            has_ended = False
        finally:
            deadline.timer.cancel()
            process.kill()
    if not has_ended:
        result["problem"] = TOO_LATE if deadline.has_passed else ENDED
    return result


def has_said_all(
    process: "subprocess.Popen[bytes]", job: dict[str, Any], deadline: Deadline, result: dict[str, Any]
) -> bool:
    """Tell the process what to do, and take in what it says; whether it came to its end."""
    if not process.stdin or not process.stdout:
        return False
    process.stdin.write(json.dumps(job).encode() + b"\n")
    process.stdin.close()
    times = {"ready": job["seconds"] + SECONDS_TO_STOP, "comparing": SECONDS_TO_COMPARE}
    for line in process.stdout:
        what, value = next(iter(json.loads(line).items()))
        if what == "end":
            return True
        if what in times:
            deadline.again(times[what])
        elif what in SEVERAL:
            result[SEVERAL[what]].append(value)
        else:
            result[what] = value
    return False
