"""Records for programs, in JSON."""

from typing import Any

from lab.changed_rows import rows_changed_by
from lab.indexes import without_index
from lab.places import SourceLine
from lab.plan import Plan
from lab.plans import Plans
from lab.record import Asked, Failure, Frame, Record, Step, Variable, Warned


def summary_as_json(record: Record) -> dict[str, Any]:
    """What a list says of a request."""
    return {
        "number": record.number,
        "time": record.time,
        "method": record.method,
        "path": record.path,
        "query": record.query,
        "origin": record.origin,
        "status": record.status,
        "ms": round(record.ms, 2),
        "statements": record.statement_count,
        "warnings": [each.kind for each in record.warnings],
        "kept": record.is_kept,
        "href": f"{record.prefix}/lab/requests/{record.number}.json",
    }


def record_as_json(record: Record, plans: Plans | None = None) -> dict[str, Any]:
    """All of a request; what its plans tell, where there are `plans`."""
    found = plans.of([each.sql for each in record.asked]) if plans else {}
    without = without_index(record, plans) if plans else []
    return summary_as_json(record) | {
        "route": {"rule": record.rule, "handler": record.handler, **place_as_json(record.place)},
        "guards": [{"name": each.name, "says": each.says, **place_as_json(each.place)} for each in record.guards],
        "view": record.view,
        "headers": record.headers,
        "body": record.body,
        "answer": {**record.answer, "bytes": record.bytes, "remembered": record.is_remembered},
        "calls": [call_as_json(each) for each in record.steps],
        "calls_beyond": record.uncounted_calls,
        "statements": [statement_as_json(each, found.get(each.sql)) for each in record.statements],
        "statements_beyond": record.uncounted_statements,
        "warnings": [warning_as_json(each) for each in (*record.warnings, *without)],
        "failure": failure_as_json(record.failure) if record.failure else None,
    }


def place_as_json(place: SourceLine | None) -> dict[str, Any]:
    """A file and a line."""
    return {"file": place.file, "line": place.line} if place else {"file": None, "line": None}


def call_as_json(step: Step) -> dict[str, Any]:
    """A call of one of our functions."""
    return {
        "number": step.number,
        "parent": step.parent,
        "name": step.name,
        **place_as_json(step.place),
        "arguments": step.arguments,
        "began": round(step.began, 3),
        "ms": round(step.ms, 3),
        "shared": step.is_shared,
    }


def statement_as_json(asked: Asked, plan: Plan | None) -> dict[str, Any]:
    """A statement."""
    return {
        "sql": asked.sql,
        "values": asked.values,
        "ms": round(asked.ms, 3),
        "rows": asked.rows,
        "new_id": asked.new_id,
        "changed": rows_changed_by(asked),
        "plan": plan.text if plan else "",
        "error": asked.error,
        "by": str(asked.by) if asked.by else None,
        "call": asked.step,
    }


def warning_as_json(warned: Warned) -> dict[str, Any]:
    """Something to learn from."""
    return {
        "kind": warned.kind,
        "text": warned.text,
        "cure": warned.cure,
        **place_as_json(warned.place),
        "statements": warned.statements,
    }


def failure_as_json(failure: Failure) -> dict[str, Any]:
    """An exception that nobody foresaw. Its place is the student's line; `statements` came before it."""
    own = failure.own
    return {
        "kind": failure.kind,
        "message": failure.message,
        **place_as_json(own[0].place if own else None),
        "statements": failure.asked,
        "frames": [frame_as_json(each) for each in failure.frames],
        "frames_left_out": failure.left_out,
        "before": [{"how": each.words, **failure_as_json(each)} for each in failure.before],
    }


def frame_as_json(frame: Frame) -> dict[str, Any]:
    """A function that the exception came through."""
    return {
        "name": frame.name,
        **place_as_json(frame.place),
        "own": frame.is_own,
        "lines": [{"line": number, "text": text} for number, text in frame.lines],
        "variables": [{"name": each.name, "text": each.text, "says": each.says} for each in frame.variables],
    }


def failure_from_json(said: dict[str, Any]) -> Failure:
    """The same, back from another process."""
    return Failure(
        kind=said["kind"],
        message=said["message"],
        frames=[frame_from_json(each) for each in said["frames"]],
        left_out=said["frames_left_out"],
        words=said.get("how", ""),
        asked=said["statements"],
        before=[failure_from_json(each) for each in said["before"]],
    )


def frame_from_json(said: dict[str, Any]) -> Frame:
    """A function that it came through."""
    lines = [(each["line"], each["text"]) for each in said["lines"]]
    variables = [Variable(**each) for each in said["variables"]]
    return Frame(said["name"], SourceLine(said["file"], said["line"]), said["own"], variables, lines)
