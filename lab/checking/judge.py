"""The judge: asks a student's process for something, then looks for itself what has become of it."""

import time
from collections.abc import Callable

from lab.checking.child import Child
from lab.checking.database_file import NoTable
from lab.checking.handed_in import HandedIn
from lab.checking.judging_rows import RowsJudge
from lab.checking.judging_source import SourceJudge
from lab.checking.judging_tests import TestsJudge
from lab.checking.judging_views import ViewsJudge
from lab.checking.lines import TASKS, ToDo, Verdict, WaitsFor, judged_lines, verdict_of_problem
from lab.checking.messages import Gone, Silent
from lab.checking.template import EmptySite

# What fails together with others: until these are done, nobody knows what it is worth.
MAY_FAIL_WITH = {"json": ("read",), "test": tuple(task.name for task in TASKS if task.name != "test")}
NOBODY_THERE = "The process that ran it has ended: a model must not end the program, and needs little memory."


def judge_one(handed_in: HandedIn, template: EmptySite, is_closed: bool, has_pytest: bool) -> Verdict:
    """All lines for what was handed in, and how long that took."""
    began = time.monotonic()
    if handed_in.problem:
        return verdict_of_problem(handed_in.student, handed_in.model, handed_in.problem)
    with_tests = has_pytest and bool(handed_in.tests())
    works = ["site", "rows", *(["test"] if with_tests else [])]
    children: dict[str, Child] = {}
    try:
        for work in works:
            children[work] = Child(handed_in, work, template, is_closed)
        lines = judged_lines(judges_of(handed_in, children, has_pytest), handed_in.place)
    finally:
        for child in children.values():
            child.end()
    return Verdict(handed_in.student, handed_in.model, lines, round(time.monotonic() - began, 2))


def judges_of(handed_in: HandedIn, children: dict[str, Child], has_pytest: bool) -> dict[str, Callable[[], None]]:
    """What judges each task."""
    rows = RowsJudge(handed_in, children)
    source, views, tests = SourceJudge(rows), ViewsJudge(rows), TestsJudge(handed_in, children, has_pytest)
    failed: list[str] = []

    def noted(name: str, judge: Callable[[], None]) -> Callable[[], None]:
        def judged() -> None:
            try:
                in_words(handed_in, judge)
            except ToDo as to_do:
                if not to_do.is_certain and not set(MAY_FAIL_WITH.get(name, ())).isdisjoint(failed):
                    raise WaitsFor from None
                failed.append(name)
                raise

        return judged

    judges = {
        "file": rows.file,
        "names": source.names,
        "fields": source.fields,
        "rows": rows.rows,
        "create": rows.create,
        "read": rows.read,
        "update": rows.update,
        "delete": rows.delete,
        "refuses": rows.refuses,
        "page": views.page,
        "json": views.json,
        "method": source.method,
        "test": tests.test,
    }
    return {name: noted(name, judge) for name, judge in judges.items()}


def in_words(handed_in: HandedIn, judge: Callable[[], None]) -> None:
    """What a judge meets becomes something to do."""
    try:
        judge()
    except Silent as silent:
        file, _, line = str(silent).rpartition(":")
        says = "This takes too long, and was ended: look for a loop without an end."
        raise ToDo(says, file or handed_in.file, int(line or 1)) from None
    except Gone:
        raise ToDo(NOBODY_THERE, handed_in.file, 1) from None
    except NoTable:
        raise ToDo("Its table is not in the database, or can no longer be read.", handed_in.file, 1) from None
