"""The doctor: why a page on another origin does not work, as far as the server saw it."""

from typing import Any

from bottle import request, response

from lab.access import lab_only
from lab.doctor.backend import backend_of
from lab.doctor.finding import brief
from lab.doctor.never_asked import console_lines
from lab.doctor.refused import Refused, refused_as_json, refused_of
from routes.shared.addresses import address
from routes.shared.page import page
from routes.shared.section import Section

routes = Section()


@routes.get("/lab/doctor", apply=lab_only)
def show_doctor() -> str:
    return page("lab/doctor", refused=last_refused(), lines=console_lines(here()), here=here(), brief=brief)


@routes.get("/lab/doctor.json", apply=lab_only)
def read_doctor() -> dict[str, Any]:
    """The last refused requests of pages elsewhere, the newest first, each with its findings."""
    return {"requests": [refused_as_json(each) for each in last_refused()], "console": console_lines(here())}


def last_refused() -> list[Refused]:
    response.set_header("Cache-Control", "no-store")
    return refused_of(request.app.records.all(), backend_of(request.app))


def here() -> str:
    """The address of this backend, as the browser has it that asks."""
    return f"{request.urlparts.scheme}://{request.urlparts.netloc}{address('')}"
