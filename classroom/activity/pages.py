"""What the people of a group did, for its teachers and admins; and the same page for oneself."""

from typing import Any

from bottle import HTTPResponse

from classroom.activity.counting import activity_of, counted_models, history_began
from classroom.activity.sheet import sheet_of
from classroom.activity.span import asked_span
from models.shared.resource import heading_of
from models.user import User
from routes.shared.access import member, members_only
from routes.shared.page import page
from routes.shared.section import Section
from routes.shared.teaching import taught_group

PEOPLE_SHOWN = 300

routes = Section()


@routes.get("/groups/<id:int>/activity", apply=members_only)
def show_activity_of_group(id: int) -> str:
    group = taught_group(id)
    return activity_page(f"What {group} did", f"/groups/{id}/activity", group.people(), f"/groups/{id}")


@routes.get("/groups/<id:int>/activity.csv", apply=members_only)
def send_activity_of_group(id: int) -> HTTPResponse:
    return sheet_of(activity_of(taught_group(id).people(), asked_span()), f"activity-{id}")


@routes.get("/account/activity", apply=members_only)
def show_own_activity() -> str:
    return activity_page("What you did", "/account/activity", only_me())


@routes.get("/account/activity.csv", apply=members_only)
def send_own_activity() -> HTTPResponse:
    return sheet_of(activity_of(only_me(), asked_span()), "activity")


def only_me() -> Any:
    return User.select().where(User.id == member().id)


def activity_page(title: str, path: str, people: Any, back: str = "") -> str:
    span = asked_span()
    found = activity_of(people, span)
    tables = {model._meta.table_name: heading_of(model) for model in counted_models()}
    busy = [table for table in tables if any(each.deeds[table] != (0, 0) for each in found)]
    return page(
        "classroom/activity/show",
        title=title,
        path=path,
        back=back,
        span=span,
        people=found[:PEOPLE_SHOWN],
        total=len(found),
        tables=[(table, tables[table]) for table in busy],
        idle=[heading for table, heading in tables.items() if table not in busy],
        largest=max((count for each in found for count in each.bars), default=0),
        began=history_began(),
    )
