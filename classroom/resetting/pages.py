"""The button between periods: a page that says what goes, and does it."""

from bottle import HTTPResponse

from classroom.resetting.reset_group import plan_of_reset, reset_group
from config import VERSION
from models.group import Group
from models.shared.row_checks import Invalid
from models.shared.start_errors import Unusable
from routes.shared.access import members_only
from routes.shared.body import form
from routes.shared.log import log
from routes.shared.page import form_page, news, see_other
from routes.shared.picked import pick
from routes.shared.section import Section
from routes.shared.teaching import taught_group

routes = Section()


@routes.get("/groups/<id:int>/reset", apply=members_only)
def confirm_reset(id: int) -> str:
    return reset_page(taught_group(id), {}, {})


@routes.post("/groups/<id:int>/reset", apply=members_only)
def reset_class(id: int) -> str | HTTPResponse:
    group, values = taught_group(id), pick(form(), "samples", "without_backup")
    try:
        if plan_of_reset(group).is_empty and not values.get("samples"):
            raise Invalid({"rows": "are none there to take away"})
        if not values.get("without_backup"):
            back_up_or_tell()
        reset_group(group, bool(values.get("samples")))
    except Invalid as error:
        return reset_page(group, values, error.problems)
    return see_other(f"/groups/{id}/reset?deleted")


def back_up_or_tell() -> None:
    """`Invalid` when none can be made. Why is for whoever has the server, as it may name files."""
    from models.shared.backup.kept import backup_folder  # which no start needs
    from models.shared.backup.making import make_backup

    try:
        make_backup(VERSION, backup_folder())
    except Unusable as error:
        log.error("No backup could be made: %s", error)
        raise Invalid({"backup": "could not be made; the log of the server says why"}) from None


def reset_page(group: Group, values: dict[str, str], problems: dict[str, str]) -> str:
    plan = plan_of_reset(group)
    return form_page("classroom/resetting/show", problems, group=group, plan=plan, chosen=values, news=news())
