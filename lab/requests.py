"""The last requests: a list that grows while somebody looks at it."""

from collections.abc import Iterator
from typing import Any

from bottle import HTTPError, HTTPResponse, request, response

from lab.access import lab_only
from lab.filters import FROM_HERE, has_failed, is_slow, sent_filter
from lab.json_form import summary_as_json
from lab.picture import milliseconds
from lab.record import Record
from lab.records import MOST_RECORDS
from routes.shared.body import form
from routes.shared.page import page, see_other
from routes.shared.query import query
from routes.shared.section import Section

IS_GONE = (
    f"Only the last {MOST_RECORDS} requests are remembered, if there is room for them, and until the site stops. "
    "This one is gone, or has not been yet."
)

routes = Section()


@routes.get("/lab/requests", apply=lab_only)
def show_requests() -> str:
    not_kept_by_browsers()
    all_records, chosen = request.app.records.all(), sent_filter()
    return page(
        "lab/requests",
        records=[each for each in all_records if chosen.takes(each)],
        total=len(all_records),
        chosen=chosen,
        origins=[FROM_HERE, *sorted({each.origin for each in all_records if each.origin})],
        newest=request.app.records.newest,
        is_all=request.app.watcher.is_all,
        milliseconds=milliseconds,
        is_slow=is_slow,
        has_failed=has_failed,
    )


@routes.get("/lab/requests.json", apply=lab_only)
def list_requests() -> dict[str, Any]:
    """The last requests, the newest first; those `after` a number, or all."""
    not_kept_by_browsers()
    records, chosen, after = request.app.records, sent_filter(), number_in(query().get("after", ""))
    found = [each for each in records.all() if each.number > after and chosen.takes(each)]
    return {"requests": [summary_as_json(each) for each in found], "newest": records.newest}


@routes.get("/lab/requests/events", apply=lab_only)
def tell_requests() -> Iterator[str]:
    """The number of the newest one, as soon as there is another."""
    listeners = request.app.listeners
    if not listeners.enter():
        raise HTTPError(503, "Enough pages listen already; ask for the list from time to time.", Retry_After=5)
    not_kept_by_browsers()
    response.content_type = "text/event-stream; charset=UTF-8"
    response.set_header("X-Accel-Buffering", "no")  # a server in front hands on each of them at once
    known = request.get_header("Last-Event-ID") or query().get("after", "")
    events: Iterator[str] = listeners.events(request.app.records, number_in(known))
    return events


@routes.post("/lab/requests/forget", apply=lab_only)
def forget_requests() -> HTTPResponse:
    request.app.records.clear()
    return see_other("/lab/requests")


@routes.post("/lab/machinery", apply=lab_only)
def record_machinery() -> HTTPResponse:
    request.app.watcher.is_all = form().get("record") == "yes"
    return see_other("/lab/requests")


def not_kept_by_browsers() -> None:
    """What is shown now is another thing in a moment."""
    response.set_header("Cache-Control", "no-store")


def recorded(number: int) -> Record:
    """The record of this number. 404, with the reason, when it is gone."""
    record: Record | None = request.app.records.get(number)
    if record is None:
        raise HTTPError(404, IS_GONE)
    return record


def number_in(text: str) -> int:
    """0 for what is no number."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0
