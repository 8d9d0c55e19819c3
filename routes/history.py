"""The history: what was done to rows, by whom, and how it is undone; as pages and as JSON."""

from typing import Any

from bottle import HTTPResponse

from models.change import Change
from models.shared.row_checks import Invalid
from routes.shared.access import admins_only, member, members_only
from routes.shared.body import body_values, form
from routes.shared.history.asked import ASKED_CHANGES, asked_changes, filter_controls, person_control, texts_asked
from routes.shared.history.rights import visible_change
from routes.shared.history.shapes import (
    CHANGE_SHAPE,
    CHANGES_SHAPE,
    LATELY,
    LATELY_ASKED,
    LATELY_SENT,
    UNDONE,
    bulk_as_json,
)
from routes.shared.history.shown import ROWS_OF_ONE, shown_changes
from routes.shared.history.taking_back import (
    HOURS,
    Lately,
    bulk_of,
    lately_asked,
    lately_of,
    take_back,
    take_back_all,
)
from routes.shared.page import form_page, news, page, see_other
from routes.shared.picked import pick
from routes.shared.section import Section

routes = Section()


@routes.get("/history", apply=members_only)
def show_history() -> str:
    changes, further = asked_changes()
    asked = {"controls": filter_controls(), "texts": texts_asked(), "for_all": member().is_admin}
    return page("history/list", changes=changes, further=further, **asked)


@routes.get("/history/<id:int>", apply=members_only)
def show_change(id: int) -> str:
    return change_page(visible_change(Change.get_by_id(id)), {})


@routes.post("/history/<id:int>/undo", apply=members_only)
def undo_change(id: int) -> str | HTTPResponse:
    change = visible_change(Change.get_by_id(id))
    try:
        take_back(change)
    except Invalid as error:
        return change_page(change, error.problems or {"": str(error)})
    return see_other(f"/history/{id}?undone")


@routes.get("/history/lately", apply=admins_only)
def show_lately() -> str:
    return lately_page(lately_asked(), {})


@routes.post("/history/lately", apply=admins_only)
def undo_lately() -> str | HTTPResponse:
    asked = lately_of(pick(form(), "person", "hours", "newest"))
    try:
        this, _ = take_back_all(asked or Lately(0))
    except Invalid as error:
        return lately_page(asked, error.problems)
    return see_other(f"/history/{this}?saved")


@routes.get("/api/changes", apply=members_only, gives=CHANGES_SHAPE, asks=ASKED_CHANGES, refuses=(403, 422))
def list_changes() -> dict[str, Any]:
    """My changes, the newest first, of each the first five rows; admins see those of all."""
    changes, further = asked_changes()
    return {"changes": [change.as_json() for change in changes], "next": further}


@routes.get("/api/changes/<id:int>", apply=members_only, gives=CHANGE_SHAPE, refuses=(403,))
def read_change(id: int) -> dict[str, Any]:
    """One change, with its first hundred rows."""
    return shown_changes([visible_change(Change.get_by_id(id))], ROWS_OF_ONE)[0].as_json()


@routes.post("/api/changes/<id:int>/undo", apply=members_only, gives=UNDONE, refuses=(422,))
def undo_one(id: int) -> dict[str, Any]:
    """Undo a change: whoever made it and admins may. All of it is undone, or nothing."""
    return {"change": take_back(visible_change(Change.get_by_id(id)))}


@routes.get("/api/changes/lately", apply=admins_only, gives=LATELY, asks=LATELY_ASKED, refuses=(404, 422))
def read_lately() -> dict[str, Any]:
    """What undoing all that a person did lately would do."""
    return bulk_as_json(None, bulk_of(lately_asked() or Lately(0)))


@routes.post("/api/changes/lately/undo", apply=admins_only, takes=LATELY_SENT, gives=LATELY, refuses=(404, 422))
def undo_all_lately() -> dict[str, Any]:
    """Undo all that a person did lately, as far as nothing is in the way; up to the change `newest`, if it is given."""
    return bulk_as_json(*take_back_all(lately_of(body_values()) or Lately(0)))


def change_page(change: Change, problems: dict[str, str]) -> str:
    (shown,) = shown_changes([change], ROWS_OF_ONE)
    return form_page("history/show", problems, change=shown, news=news())


def lately_page(asked: Lately | None, problems: dict[str, str]) -> str:
    found = bulk_of(asked) if asked else None
    shown = shown_changes(found.changes) if found else []
    choices = {"person": person_control(), "hours": HOURS}
    return form_page("history/lately", problems, asked=asked, found=found, changes=shown, **choices)
