"""The last requests: a list, and each of them from the route to the rows."""

from typing import Any

from bottle import HTTPError, request, response

from lab.access import lab_only
from lab.json_form import record_as_json, summary_as_json
from lab.running import again_of
from routes.shared.page import page
from routes.shared.section import Section

routes = Section()


@routes.get("/lab/requests", apply=lab_only)
def show_requests() -> str:
    response.set_header("Cache-Control", "no-store")
    return page("lab/requests", records=request.app.records.all())


@routes.get("/lab/requests.json", apply=lab_only)
def list_requests() -> dict[str, Any]:
    """The last requests, the newest first."""
    response.set_header("Cache-Control", "no-store")
    return {"requests": [summary_as_json(each) for each in request.app.records.all()]}


@routes.get("/lab/requests/<number:int>.json", apply=lab_only)
def read_request(number: int) -> dict[str, Any]:
    """One request, from the route to the rows."""
    response.set_header("Cache-Control", "no-store")
    return record_as_json(recorded(number))


@routes.get("/lab/requests/<number:int>", apply=lab_only)
def show_request(number: int) -> str:
    response.set_header("Cache-Control", "no-store")
    record = recorded(number)
    return page("lab/request", record=record, again=again_of(record))


def recorded(number: int) -> Any:
    """The record of this number. 404, with the reason, when it is gone."""
    record = request.app.records.get(number)
    if record is None:
        raise HTTPError(404, "Only the last 200 requests are remembered, until the site stops. This one is gone.")
    return record
