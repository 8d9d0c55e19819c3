"""Makes a Record of what was written down while a request was answered. Whatever is kept goes through here."""

import time
from typing import Any

from lab.drawn import drawn
from lab.failures import bytes_of_failure, failure_of
from lab.record import Record
from lab.recording import Recording, Statement
from lab.secrets import HIDDEN, Secrets
from lab.sent import MOST_SENT, body_of, headers_of, logs_of, query_of, remember_secrets, shown_address
from lab.sources import keep_sources
from lab.sql_secrets import secret_places
from lab.sql_words import verb_of
from lab.warnings import warnings_of
from routes.shared.environ import Environ
from routes.shared.headers import Headers
from routes.shared.state import STATE_KEY, RequestState

ABOUT = 200  # bytes that anything takes, besides its texts
MOST_VALUES = 64 * 1024  # letters of all values of a request
MOST_OF_VALUE = 300  # letters
LEFT_OUT = "…"


def record_of(recording: Recording, environ: Environ, headers: Headers, body: Any) -> Record:
    """The Record of the request `environ`, which was answered with these headers and body."""
    ended = time.perf_counter()
    state: RequestState = environ[STATE_KEY]
    secrets = recording.secrets
    remember_secrets(environ, state, secrets)
    session = state.session
    said = {name.lower(): value for name, value in headers}
    warnings = warnings_of(recording)
    error, asked = recording.failure, recording.asked_before_failure
    failure = failure_of(error, secrets, asked) if error else None  # it may find secrets that nobody knew
    hide_secrets(recording)
    record = Record(
        number=recording.number,
        time=time.time(),
        began=recording.began,
        method=environ["REQUEST_METHOD"],
        path=secrets.hide(state.path.encode("latin-1").decode("utf-8", "replace"))[:1000],
        query=query_of(environ, secrets),
        prefix=environ.get("SCRIPT_NAME", ""),
        scheme=environ["wsgi.url_scheme"],
        client=environ.get("REMOTE_ADDR", ""),
        headers=headers_of(environ | recording.said, secrets),
        status=int(state.status or 0),
        ms=(ended - recording.began) * 1000,
        route=environ.get("bottle.route"),
        view=recording.view,
        calls=recording.calls.all,
        raw_statements=recording.statements,
        body=body_of(environ, state, secrets),
        files=[name for name, value in (state.sent or {}).items() if isinstance(value, bytes)][:MOST_SENT],
        body_type=environ.get("CONTENT_TYPE", "")[:100],
        answer={name: shown_address(said[name], secrets) for name in ("content-type", "location") if name in said}
        | ({"logs": logs} if (logs := logs_of(headers)) else {}),
        bytes=sum(map(len, body)) if type(body) is list else None,
        user=str(session.user.__data__.get("uid")) if session else "",
        login_kind=session.kind if session else "",
        user_id=session.user.__data__.get("id") if session else None,
        is_remembered="bottle.route" not in environ and "etag" in said,
        uncounted_calls=recording.calls.uncounted,
        uncounted_statements=recording.uncounted,
        failure=failure,
        warnings=warnings,
    )
    keep_sources(record)
    record.size = bytes_of(record)
    return record


def hide_secrets(recording: Recording) -> None:
    """Put texts without secrets in place of all values, and let go of what was read."""
    secrets, room = recording.secrets, [MOST_VALUES]
    for each in recording.statements:
        each.values = shown_values(each, secrets, room)
        each.sql = secrets.hide_sql(each.sql)
        each.error = secrets.hide(each.error)[:1000] if each.error else ""
        each.new_id = new_id_of(each)
        each.seen = []
    for call in recording.calls.all:
        if call.arguments:
            call.arguments = secrets.hide(call.arguments) if room[0] > 0 else LEFT_OUT
            room[0] -= len(call.arguments)


def new_id_of(statement: Statement) -> int | None:
    """The id of an inserted row: as SQLite's driver says, or as the statement returns it."""
    row: Any = statement.seen[0] if statement.seen and verb_of(statement.sql) == "INSERT" else ()
    return row[0] if statement.new_id is None and len(row) == 1 and type(row[0]) is int else statement.new_id


def shown_values(statement: Statement, secrets: Secrets, room: list[int]) -> list[Any]:
    """What was given to the statement, as long as there is `room` for so many letters.

    What belongs to a secret column is hidden.
    """
    given = statement.values
    if not given:
        return []
    values = list(given.values()) if isinstance(given, dict) else list(given)
    hidden = secret_places(statement.sql)
    shown: list[Any] = []
    for number, value in enumerate(values[:1000]):
        text = HIDDEN if number in hidden and value is not None else shown_value(value, secrets)
        room[0] -= len(text) if isinstance(text, str) else 8
        if room[0] < 0:
            return [*shown, f"… {len(values)} values"]
        shown.append(text)
    return shown


def shown_value(value: Any, secrets: Secrets) -> Any:
    """A value in JSON's types: a number as it is, a text without secrets and at most so long."""
    if value is None or type(value) in (bool, float) or (type(value) is int and value.bit_length() < 64):
        return value
    if type(value) is str:
        text = secrets.hide(value)
        return text if len(text) <= MOST_OF_VALUE else f"{text[:MOST_OF_VALUE]}… ({len(text)} letters)"
    return secrets.hide(drawn(value, secrets))


def bytes_of(record: Record) -> int:
    """About how many bytes it takes."""
    size = ABOUT * (len(record.calls) + len(record.raw_statements) + 10) + len(record.path) + len(record.query)
    size += sum(len(each.arguments) for each in record.calls)
    for each in record.raw_statements:
        size += len(each.sql) + len(each.error) + sum(len(text) for text in each.values if type(text) is str)
    size += bytes_of_failure(record.failure)
    size += sum(map(len, record.headers.values())) + sum(len(str(each)) for each in record.body.values())
    frames = record.failure.frames if record.failure else []
    return size + sum(len(variable.text) for frame in frames for variable in frame.variables)
