"""Judges several at once: each by a process of its own, as many at a time as there are processors."""

import json
import os
import select
import signal
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import NoReturn

from lab.checking.handed_in import HandedIn
from lab.checking.house_files import usual_files
from lab.checking.judge import judge_one
from lab.checking.lines import Verdict, verdict_from_json, verdict_of_problem
from lab.checking.sandbox import can_be_closed_off
from lab.checking.template import EmptySite, load_all, make_template

MOST_SECONDS_OF_ONE = 90.0  # a file whose every line hangs
TOO_LATE_FOR_ONE = "This takes too long, and was ended."
NOT_JUDGED = "The checker has stumbled over this file: look for what is unusual in it."


class NotClosedOff(Exception):
    """Somebody else's file is not run here; the message says why."""


@dataclass
class Judging:
    """A process that judges, and what it has said until now."""

    place: int
    number: int
    pipe: int
    until: float
    said: bytes = b""


def verdicts_on(all_handed_in: Sequence[HandedIn], are_own: bool) -> list[Verdict]:
    """One for each. NotClosedOff where a file that is not one's own would run as oneself."""
    is_closed = can_be_closed_off()
    if not are_own and not is_closed:
        raise NotClosedOff("This system lets us make no closed place, so only files of this house are run here.")
    has_pytest = load_all()
    template = make_template()
    usual_files()
    found: dict[int, Verdict] = {}
    waiting = list(enumerate(all_handed_in))
    running: dict[int, Judging] = {}
    try:
        while waiting or running:
            while waiting and len(running) < processors():
                place, handed_in = waiting.pop(0)
                judging = begin(place, handed_in, template, is_closed, has_pytest)
                running[judging.pipe] = judging
            for judging in list(finished_ones(running)):
                del running[judging.pipe]
                found[judging.place] = verdict_of(judging, all_handed_in[judging.place])
    finally:
        for judging in running.values():
            stop(judging)
    return [found[place] for place in sorted(found)]


def processors() -> int:
    """How many judges work at a time."""
    return max(len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1, 1)


def begin(place: int, handed_in: HandedIn, template: EmptySite, is_closed: bool, has_pytest: bool) -> Judging:
    """A process that judges one."""
    pipe, theirs = os.pipe()
    number = os.fork()
    if number == 0:
        os.close(pipe)
        judge_and_tell(theirs, handed_in, template, is_closed, has_pytest)
    os.close(theirs)
    return Judging(place, number, pipe, time.monotonic() + MOST_SECONDS_OF_ONE)


def judge_and_tell(pipe: int, handed_in: HandedIn, template: EmptySite, is_closed: bool, has_pytest: bool) -> NoReturn:
    """The process that judges: never returns."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    try:
        verdict = judge_one(handed_in, template, is_closed, has_pytest)
        with os.fdopen(pipe, "wb") as out:
            out.write(json.dumps(verdict.as_json()).encode())
    finally:
        os._exit(0)


def finished_ones(running: dict[int, Judging]) -> Iterator[Judging]:
    """Those that have said all, or have no time left; what the others say is kept."""
    ready, _, _ = select.select([*running], [], [], 0.5)
    for judging in running.values():
        if judging.pipe in ready:
            part = os.read(judging.pipe, 1 << 16)
            judging.said += part
            if not part:
                yield judging
        elif time.monotonic() > judging.until:
            yield judging


def stop(judging: Judging) -> None:
    """It is gone afterwards, and so is what it has started: each keeper sees that its judge is no more."""
    with suppress(ProcessLookupError):
        os.kill(judging.number, signal.SIGKILL)
    os.waitpid(judging.number, 0)
    os.close(judging.pipe)


def verdict_of(judging: Judging, handed_in: HandedIn) -> Verdict:
    """What it has said, when that is whole."""
    stop(judging)
    try:
        return verdict_from_json(json.loads(judging.said))
    except (ValueError, KeyError, TypeError):
        problem = TOO_LATE_FOR_ONE if time.monotonic() > judging.until else NOT_JUDGED
        return verdict_of_problem(handed_in.student, handed_in.model, problem)
