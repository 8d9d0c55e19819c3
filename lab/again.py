"""A recorded request once more: a GET is asked for again, what changes something is rehearsed on a copy."""

from typing import Any

from bottle import HTTPError, HTTPResponse, request, response

from lab.access import lab_only
from lab.json_form import failure_from_json
from lab.rehearsal import rehearse
from lab.requests import recorded
from lab.running import asked_again, is_live, reason_against
from routes.shared.page import page, see_other
from routes.shared.section import Section

routes = Section()


@routes.post("/lab/requests/<number:int>/again", apply=lab_only)
def run_again(number: int) -> HTTPResponse:
    record = recorded(number)
    reason = reason_against(record)
    if reason:
        raise HTTPError(409, reason)
    if is_live(record):
        return see_other(f"/lab/requests/{asked_again(record)}")
    request.app.rehearsals.add(number, rehearse(record, request.app.config))
    return see_other(f"/lab/requests/{number}/again")


@routes.get("/lab/requests/<number:int>/again", apply=lab_only)
def show_rehearsal(number: int) -> str:
    response.set_header("Cache-Control", "no-store")
    record, result = recorded(number), rehearsed_before(number)
    said = (result.get("record") or {}).get("failure")
    return page("lab/rehearsal", record=record, result=result, failure=failure_from_json(said) if said else None)


@routes.get("/lab/requests/<number:int>/again.json", apply=lab_only)
def read_rehearsal(number: int) -> dict[str, Any]:
    """What a request would change, as it was found out on a copy."""
    response.set_header("Cache-Control", "no-store")
    recorded(number)
    return rehearsed_before(number)


def rehearsed_before(number: int) -> dict[str, Any]:
    """404, with the reason, when there is nothing to show."""
    result: dict[str, Any] | None = request.app.rehearsals.get(number)
    if result is None:
        raise HTTPError(404, "It has not been rehearsed, or that is forgotten. Go to the request, and run it again.")
    return result
