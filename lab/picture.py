"""A request as a picture: its steps in order, each with its place in the code and on the time line."""

from dataclasses import dataclass, field
from http import HTTPStatus

from lab.changed_rows import rows_changed_by, value_text
from lab.drawn import drawn_names
from lab.housekeeping import is_housekeeping, is_housekeeping_table
from lab.places import SourceLine
from lab.plan import Plan
from lab.record import Asked, Record, Step
from lab.secrets import Secrets
from lab.source_words import says_of
from lab.sql_words import in_lines, in_short, main_table, verb_of

TRANSACTIONS = {"COMMIT": "keeps what was written, on the disk too", "ROLLBACK": "takes back what was written"}
MOST_SHOWN_SENT = 400  # letters
LABELS = {
    "browser": "browser",
    "route": "route",
    "guard": "guard",
    "own": "your code",
    "shared": "machinery",
    "quiet": "the site's own",
    "sql": "database",
    "control": "database",
    "view": "page",
    "answer": "answer",
}
THINNEST = 0.4  # per cent of the time line


@dataclass
class Line:
    """One step. `kind` says how it looks, `title` is code, `given` its arguments, `about` words.

    `href` is where its source lines are, below the request's own address. `began` and `ms` are milliseconds, None for
    what takes no time of its own. `more` are lines that are folded, and `more_words` say what they are.
    """

    kind: str
    title: str
    about: str = ""
    given: str = ""
    place: SourceLine | None = None
    href: str = ""
    began: float | None = None
    ms: float = 0
    depth: int = 0
    id: str = ""
    marks: list[str] = field(default_factory=list)
    sql: str = ""
    values: str = ""
    plan: str = ""
    changed: str = ""
    error: str = ""
    more: "list[Line]" = field(default_factory=list)
    more_words: str = ""

    @property
    def is_quiet(self) -> bool:
        """Whether it is the site's own keeping, which is seldom what somebody looks for."""
        return self.kind.startswith("quiet")

    @property
    def label(self) -> str:
        """What it is, in a word."""
        return LABELS.get(self.kind.rpartition(" ")[2], "")


def browser_line(record: Record) -> Line:
    """What was asked, and with which values."""
    headers = record.headers
    is_browser = "Sec-Fetch-Mode" in headers or "Mozilla" in headers.get("User-Agent", "")
    whose = f"a page of {record.origin}" if record.origin else "a browser" if is_browser else "a program"
    query = f"?{record.query}" if record.query else ""
    sent = drawn_names(record.body, Secrets())[:MOST_SHOWN_SENT] if record.body else ""
    about = f"{whose} asks" if record.method in ("GET", "HEAD") else f"{whose} sends"
    return Line("browser", f"{record.method} {record.path}{query}", about, sent, began=0, ms=record.ms)


def route_lines(record: Record) -> list[Line]:
    """Which function answers, and who may ask it to."""
    if record.is_remembered:
        words = "the same was answered before, and nobody has written since: it is given again"
        return [Line("route", "memory", words)]
    if not record.route:
        return [Line("route", "no route", "nothing here has this address")]
    found = [Line("route", record.rule, f"leads to {record.handler}", place=record.place, href="handler")]
    for number, each in enumerate(record.guards):
        found.append(Line("guard", each.name, says_to_all(each.says), place=each.place, href=f"guards/{number}"))
    return found


def says_to_all(words: str) -> str:
    """Who may go on, as a guard says."""
    return f"who may go on: {words[:1].lower()}{words[1:]}".replace("`", "")


def call_line(record: Record, step: Step) -> Line:
    """A call of one of our functions."""
    owner, _, name = step.name.rpartition(".")
    kind = "shared" if step.is_shared else "quiet" if is_housekeeping(owner) else "own"
    return Line(
        kind,
        step.name,
        says_of(record.calls[step.number].code, name),
        step.arguments,
        step.place,
        f"steps/{step.number}",
        step.began,
        step.ms,
        id=f"step-{step.number}",
    )


def statement_line(record: Record, number: int, asked: Asked, plan: Plan | None) -> Line:
    """A statement: what it is, how its rows are found, and what it has changed."""
    if asked.is_control:
        words = TRANSACTIONS.get(verb_of(asked.sql), "")
        return Line("control", shown_control(asked.sql), words, began=asked.began, ms=asked.ms, error=asked.error)
    changed = rows_changed_by(asked)
    rows = "" if changed or asked.error else f"{asked.rows:,} row{'s' * (asked.rows != 1)}" if asked.rows else "no row"
    return Line(
        "quiet sql" if is_housekeeping_table(main_table(asked.sql)) else "sql",
        in_short(asked.sql),
        rows,
        place=asked.by,
        href=f"statements/{number}" if asked.by else "",
        began=asked.began,
        ms=asked.ms,
        id=f"statement-{number}",
        marks=[each.kind for each in record.warnings if number in each.statements],
        sql=in_lines(asked.sql),
        values=", ".join(map(value_text, asked.values)),
        plan=plan.text if plan else "",
        changed=changed,
        error=asked.error,
    )


def shown_control(sql: str) -> str:
    """BEGIN, COMMIT … without the names of savepoints."""
    return " ".join(word for word in sql.rstrip(";").split() if word.isalpha() and word.isupper())


def last_lines(record: Record) -> list[Line]:
    """The page, and the answer."""
    found = [Line("view", record.view, "makes the page", href="view")] if record.view else []
    try:
        phrase = HTTPStatus(record.status).phrase
    except ValueError:
        phrase = ""
    where = record.answer.get("location", "")
    kind = record.answer.get("content-type", "").partition(";")[0]
    size = "" if record.bytes is None else "1 byte" if record.bytes == 1 else f"{record.bytes:,} bytes"
    about = (
        f"the browser goes on to {where}"
        if where and 300 <= record.status < 400
        else " of ".join(filter(None, [size, kind]))
    )
    return [*found, Line("answer", f"{record.status} {phrase}".strip(), about)]


def milliseconds(value: float) -> str:
    """As people read them."""
    if value >= 999.5:
        return f"{value / 1000:.2f} s"
    return f"{value:.0f} ms" if value >= 100 else f"{value:.1f} ms" if value >= 1 else f"{value:.2f} ms"


def place_on_time(record: Record, line: Line) -> tuple[float, float]:
    """Where a line begins on the time line and how wide it is, in per cent."""
    whole = record.ms or 1
    width = min(max(line.ms / whole * 100, THINNEST), 100)
    return min(max((line.began or 0) / whole * 100, 0), 100 - width), width
