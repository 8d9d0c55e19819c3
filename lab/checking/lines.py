"""The lesson's tasks, a line each: done, what to do, or not checked yet as it needs one that is not done."""

from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import Any

DONE, TO_DO, NOT_YET = "done", "to do", "not checked yet"


@dataclass(frozen=True)
class Task:
    """What a line is called, what it asks for, and which lines it needs."""

    name: str
    asks: str
    needs: tuple[str, ...] = ("file",)


TASKS = (
    Task("file", "The file can be used", ()),
    Task("names", "The class is called as one of them, its table as several"),
    Task("fields", "It has three fields of two kinds, or more"),
    Task("rows", "Its sample rows are the same on each new database"),
    Task("create", "A row can be created"),
    Task("read", "A row can be read", ("create",)),
    Task("update", "A row can be updated", ("create",)),
    Task("delete", "A row can be deleted", ("create",)),
    Task("refuses", "A wrong value is refused", ("create",)),
    Task("page", "Its page shows the rows"),
    Task("json", "Its JSON has the rows"),
    Task("method", "A method of your own is there, and called"),
    Task("test", "A test is there, and passes"),
)


class ToDo(Exception):
    """A task is not done: what to do, and at which line of which file of the student's.

    It `is_certain` when it would be the same if all other tasks were done.
    """

    def __init__(self, says: str, file: str = "", line: int = 0, *, is_certain: bool = False) -> None:
        super().__init__(says)
        self.says, self.file, self.line, self.is_certain = says, file, line, is_certain


class WaitsFor(Exception):
    """A task cannot be judged until another line is done."""


@dataclass
class CheckedTask:
    """What became of a task. `place` is where to look."""

    name: str
    asks: str
    state: str
    says: str = ""
    place: str = ""


@dataclass
class Verdict:
    """All lines for one model of one student."""

    student: str
    model: str
    lines: list[CheckedTask] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def done(self) -> int:
        """How many lines are."""
        return sum(line.state == DONE for line in self.lines)

    @property
    def is_done(self) -> bool:
        """Whether all are."""
        return self.done == len(self.lines)

    def as_json(self) -> dict[str, Any]:
        """For a program."""
        return asdict(self) | {"done": self.done, "of": len(self.lines)}


def judged_lines(judges: dict[str, Callable[[], None]], place: Callable[[str, int], str]) -> list[CheckedTask]:
    """Each task by its judge, who raises ToDo."""
    lines: list[CheckedTask] = []
    for task in TASKS:
        missing = [line for line in lines if line.name in task.needs and line.state != DONE]
        line = CheckedTask(task.name, task.asks, NOT_YET if missing else DONE)
        if not missing:
            try:
                judges[task.name]()
            except WaitsFor:
                line.state = NOT_YET
            except ToDo as to_do:
                line.state, line.says = TO_DO, to_do.says
                line.place = place(to_do.file, to_do.line) if to_do.file else ""
        lines.append(line)
    return lines


def verdict_of_problem(student: str, model: str, problem: str) -> Verdict:
    """Of what is not run at all."""
    first, *others = TASKS
    lines = [CheckedTask(first.name, first.asks, TO_DO, problem)]
    return Verdict(student, model, [*lines, *(CheckedTask(task.name, task.asks, NOT_YET) for task in others)])


def verdict_from_json(said: dict[str, Any]) -> Verdict:
    """What `as_json` has written."""
    lines = [CheckedTask(**line) for line in said["lines"]]
    return Verdict(said["student"], said["model"], lines, said["seconds"])
