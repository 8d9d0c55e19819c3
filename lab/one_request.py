"""One request: what it became, from the route to the rows, and the lines of code that did it."""

import json
from http import HTTPStatus
from types import CodeType
from typing import Any

from bottle import HTTPError, HTTPResponse, request

from lab.access import lab_only
from lab.indexes import without_index
from lab.json_form import record_as_json
from lab.picture import milliseconds, place_on_time
from lab.picture_tree import picture
from lab.places import SourceLine
from lab.record import Record, Step, handler_of
from lab.requests import IS_GONE, not_kept_by_browsers, recorded
from lab.running import again_of
from lab.sources import Excerpt, excerpt, of_function, of_line
from lab.sql_words import in_short
from routes.shared.access import applied_guards
from routes.shared.body import form
from routes.shared.page import page, see_other
from routes.shared.query import query
from routes.shared.section import Section

NO_STEP = "This request has no such step."

routes = Section()


@routes.get("/lab/requests/<number:int>", apply=lab_only)
def show_request(number: int) -> str:
    not_kept_by_browsers()
    record = recorded(number)
    plans = request.app.plans.of([each.sql for each in record.asked])
    with_shared = "shared" in query()
    return page(
        "lab/request",
        record=record,
        here=f"/lab/requests/{number}",
        lines=picture(record, plans, with_shared),
        warnings=[*record.warnings, *without_index(record, request.app.plans)],
        with_shared=with_shared,
        shared_count=sum(each.is_shared for each in record.steps),
        milliseconds=milliseconds,
        place_on_time=place_on_time,
        again=again_of(record),
        before=sent_here(record, request.app.records.all()),
    )


def sent_here(record: Record, records: list[Record]) -> Record | None:
    """The request whose answer sent the browser to this one, as after a form; `records` has the newest first."""
    here = f"{record.prefix}{record.path}" + (f"?{record.query}" if record.query else "")
    earlier = (each for each in records if each.number < record.number and each.answer.get("location") == here)
    return next(earlier, None) if record.method == "GET" else None


@routes.get("/lab/requests/<number:int>.json", apply=lab_only)
def read_request(number: int) -> dict[str, Any]:
    """One request, from the route to the rows."""
    not_kept_by_browsers()
    record = request.app.records.get(number)
    if record is None:
        raise gone_for_programs()
    return record_as_json(record, request.app.plans)


@routes.post("/lab/requests/<number:int>/keep", apply=lab_only)
def keep_request(number: int) -> HTTPResponse:
    recorded(number)
    if not request.app.records.keep(number, form().get("keep") == "yes"):
        raise HTTPError(409, "There are as many kept requests as there may be: let go of another one first.")
    return see_other(f"/lab/requests/{number}")


@routes.get("/lab/requests/<number:int>/steps/<step:int>", apply=lab_only)
def show_step(number: int, step: int) -> str:
    record = recorded(number)
    if step >= len(record.calls):
        raise HTTPError(404, NO_STEP)
    found = record.steps[step]
    own = [each for each in record.steps if not each.is_shared]
    return source_page(
        record,
        found.name,
        found.arguments,
        of_function(record.calls[step].code),
        before=next((each for each in reversed(own) if each.number < step), None),
        behind=next((each for each in own if each.number > step), None),
    )


@routes.get("/lab/requests/<number:int>/statements/<statement:int>", apply=lab_only)
def show_asking_line(number: int, statement: int) -> str:
    record = recorded(number)
    if statement >= len(record.statements) or record.statements[statement].by is None:
        raise HTTPError(404, NO_STEP)
    found = record.statements[statement]
    place: Any = found.by
    return source_page(record, in_short(found.sql), "", of_line(place, code_around(record, statement, place)))


@routes.get("/lab/requests/<number:int>/guards/<guard:int>", apply=lab_only)
def show_guard(number: int, guard: int) -> str:
    record = recorded(number)
    checks = [each.check for each in applied_guards(record.route)] if record.route else []
    if guard >= len(checks):
        raise HTTPError(404, NO_STEP)
    code: CodeType = checks[guard].__code__
    return source_page(record, code.co_name, "", of_function(code))


@routes.get("/lab/requests/<number:int>/handler", apply=lab_only)
def show_handler(number: int) -> str:
    record = recorded(number)
    if not record.route:
        raise HTTPError(404, NO_STEP)
    return source_page(record, record.handler, "", of_function(handler_of(record.route).__code__))


@routes.get("/lab/requests/<number:int>/view", apply=lab_only)
def show_view(number: int) -> str:
    record = recorded(number)
    if not record.view:
        raise HTTPError(404, NO_STEP)
    return source_page(record, record.view, "", excerpt(SourceLine(record.view, 0), 1, 1000))


def gone_for_programs() -> HTTPResponse:
    """The same as problem details."""
    details = {"type": "about:blank", "title": HTTPStatus.NOT_FOUND.phrase, "status": 404, "detail": IS_GONE}
    return HTTPResponse(json.dumps(details), 404, {"Content-Type": "application/problem+json"})


def code_around(record: Record, statement: int, place: SourceLine) -> CodeType | None:
    """The function in which a line stands that asked for a statement, as far as its calls tell."""
    call = record.raw_statements[statement].call
    while call and not (
        call.code.co_firstlineno <= place.line and str(of_function(call.code).place.file) == place.file
    ):
        call = call.parent
    return call.code if call else None


def source_page(  # noqa: PLR0913, PLR0917 - a page has many parts
    record: Record, title: str, given: str, found: Excerpt, before: Step | None = None, behind: Step | None = None
) -> str:
    """The lines, and beside each what it asked of the database."""
    not_kept_by_browsers()
    notes: dict[int, dict[str, int]] = {}
    for number, each in enumerate(record.statements):
        if each.by and each.by.file == found.place.file and not each.is_control:
            notes.setdefault(each.by.line, {}).setdefault(in_short(each.sql), number)
    return page(
        "lab/source",
        record=record,
        title=title,
        given=given,
        excerpt=found,
        notes=notes,
        here=f"/lab/requests/{record.number}",
        before=before,
        behind=behind,
    )
