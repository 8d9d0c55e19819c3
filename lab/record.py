"""What is kept of a request when it has been answered: texts and numbers only, without secrets."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from bottle import Route

from lab.calls import Call
from lab.places import OWN, SourceLine, place_of
from lab.recording import Statement
from routes.shared.access import applied_guards


@dataclass(slots=True)
class Step:
    """A call of one of our functions. `began` and `ms` are milliseconds, from the start of the request on.

    `parent` is the number of the step that called it; None for what the site itself called. `is_shared` is said of
    machinery.
    """

    number: int
    parent: int | None
    name: str
    place: SourceLine
    arguments: str
    began: float
    ms: float
    is_shared: bool


@dataclass(slots=True)
class Asked:
    """A statement. `by` is the line of the student's that asked for it, `step` the call in which it was.

    `rows` are those that were read or changed, `new_id` the id of an inserted one. `is_control` is said of BEGIN and
    COMMIT.
    """

    sql: str
    values: list[Any]
    step: int | None
    by: SourceLine | None
    began: float
    ms: float
    rows: int
    new_id: int | None
    error: str
    is_control: bool


@dataclass(slots=True)
class Guarded:
    """A guard of the route, and who may go on."""

    name: str
    place: SourceLine
    says: str


@dataclass(slots=True)
class Variable:
    """A variable of a function that failed, as text; `says` is what its own class makes of it."""

    name: str
    text: str
    says: str = ""


@dataclass(slots=True)
class Frame:
    """A function that was under way when something failed, at this line; `is_own` when it is the student's.

    `lines` are that line and its neighbours, with their numbers.
    """

    name: str
    place: SourceLine
    is_own: bool
    variables: list[Variable]
    lines: list[tuple[int, str]]


@dataclass(slots=True)
class Failure:
    """An exception that nobody foresaw: what it is, and the functions it came through, the innermost first.

    `left_out` of the functions in between are not kept. `before` are the exceptions that led to it, each with the
    `words` that say how. `asked` statements came before it.
    """

    kind: str
    message: str
    frames: list[Frame]
    left_out: int = 0
    words: str = ""
    asked: int = 0
    before: list["Failure"] = field(default_factory=list)

    @property
    def own(self) -> list[Frame]:
        """The student's part of the way, the innermost first."""
        return [each for each in self.frames if each.is_own]

    @property
    def others(self) -> list[Frame]:
        """The rest of the way."""
        return [each for each in self.frames if not each.is_own]


@dataclass(slots=True)
class Warned:
    """Something to learn from. `kind` is `n+1`, `repeated`, `no index` or `slow`; `statements` are their numbers."""

    kind: str
    text: str
    cure: str
    place: SourceLine | None
    statements: list[int]


@dataclass
class Record:
    """A request: what was asked, what it became in our code, and what was answered.

    `body` has the fields of a form or of a JSON object, as texts; a file is only its size, and `files` are the names of
    those. `size` is about its bytes in memory. The `uncounted` calls and statements are those beyond what is kept.
    """

    number: int
    time: float  # seconds since 1970
    began: float  # by the clock of its calls and statements
    method: str
    path: str
    query: str
    prefix: str
    scheme: str
    client: str
    headers: dict[str, str]
    status: int
    ms: float
    route: Route | None
    view: str
    calls: list[Call]
    raw_statements: list[Statement]
    body: dict[str, Any]
    body_type: str
    files: list[str]
    answer: dict[str, str]
    bytes: int | None
    user: str
    user_id: int | None
    login_kind: str
    is_remembered: bool
    uncounted_calls: int
    uncounted_statements: int
    failure: Failure | None = None
    warnings: list[Warned] = field(default_factory=list)
    size: int = 0
    is_kept: bool = False

    @property
    def origin(self) -> str:
        """The other site whose page asked, or nothing."""
        origin = self.headers.get("Origin", "")
        return "" if origin.lower() == f"{self.scheme}://{self.headers.get('Host', '')}".lower() else origin

    @property
    def rule(self) -> str:
        """The route, like `GET /users/<id:int>`; nothing when there was none."""
        return f"{self.route.method} {self.route.rule}" if self.route else ""

    @property
    def handler(self) -> str:
        """The name of the function that answered."""
        return str(handler_of(self.route).__name__) if self.route else ""

    @property
    def place(self) -> SourceLine | None:
        """Where that function begins."""
        return place_of(handler_of(self.route).__code__) if self.route else None

    @property
    def guards(self) -> list[Guarded]:
        """Those that ran before the handler."""
        checks = [each.check for each in applied_guards(self.route)] if self.route else []
        return [Guarded(each.__name__, place_of(each.__code__), each.__doc__ or "") for each in checks]

    @property
    def statement_count(self) -> int:
        """How many statements there were, without BEGIN and COMMIT."""
        return sum(not each.is_control for each in self.raw_statements) + self.uncounted_statements

    @cached_property
    def steps(self) -> list[Step]:
        """The calls, in their order."""
        return [step_of(each, self.began) for each in self.calls]

    @cached_property
    def statements(self) -> list[Asked]:
        """The statements, in their order."""
        return [asked_of(each, self.began) for each in self.raw_statements]

    @property
    def asked(self) -> list[Asked]:
        """The statements without BEGIN and COMMIT."""
        return [each for each in self.statements if not each.is_control]


def handler_of(route: Route) -> Any:
    """The handler itself, without what stands around it."""
    handler: Callable[..., Any] = route.callback
    while hasattr(handler, "__wrapped__"):
        handler = handler.__wrapped__
    return handler


def step_of(call: Call, began: float) -> Step:
    """A call as it is shown."""
    return Step(
        number=call.number,
        parent=call.parent.number if call.parent else None,
        name=call.name,
        place=place_of(call.code),
        arguments=call.arguments,
        began=(call.began - began) * 1000,
        ms=(call.ended - call.began) * 1000,
        is_shared=call.kind != OWN,
    )


def asked_of(statement: Statement, began: float) -> Asked:
    """A statement as it is shown."""
    call = statement.call
    return Asked(
        sql=statement.sql,
        values=statement.values,
        step=call.number if call else None,
        by=statement.place or (place_of(call.code) if call else None),
        began=(statement.began - began) * 1000,
        ms=(statement.ended - statement.began) * 1000,
        rows=statement.rows,
        new_id=statement.new_id,
        error=statement.error,
        is_control=statement.is_control,
    )
