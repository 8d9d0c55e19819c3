"""Runs statements in a process of its own, and ends it when it takes too long."""

import json
import subprocess
import sys
from threading import Timer
from typing import Any

from lab.sql.limits import SECONDS_TO_COMPARE
from lab.sql.words import TOO_LATE
from models.shared.start_errors import HOUSE

SECONDS_TO_BEGIN = 10.0  # for Python, and for the copy that is to be changed
SECONDS_TO_STOP = 0.5  # more, so that SQLite itself can say that it is too late
ENDED = "It ended without a result: the process that ran it was stopped by the system."
# What comes more than once, and what it is called in the result.
SEVERAL = {"statement": "statements", "touches": "touches", "note": "notes", "read_secret": "read_secrets"}
NO_PACKAGES = {"lab.sql.inside": ("-S",)}  # it needs none, and starts sooner


def no_result(problem: str) -> dict[str, Any]:
    """Nothing yet, or nothing at all, and why."""
    several: dict[str, Any] = {name: [] for name in SEVERAL.values()}
    return {"problem": problem, "changes": None, "is_unavailable": False} | several


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


def result_of_module(module: str, job: dict[str, Any]) -> dict[str, Any]:
    """What a new process says that runs this module, as far as it comes. It is ended when it takes too long."""
    command = [sys.executable, "-B", *NO_PACKAGES.get(module, ()), "-X", "utf8", "-m", module]
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
