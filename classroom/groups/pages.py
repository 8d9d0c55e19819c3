"""Groups: pages that list them and their people, and what their teachers do with them."""

from typing import Any

from bottle import HTTPResponse, response

from classroom.groups.ending import deletable
from classroom.groups.people_of_group import (
    by_group,
    end_logins,
    groups_of_mine,
    in_group,
    person_with,
    take_in,
    take_out,
)
from models.closed_account import ClosedAccount
from models.group import Group
from models.membership import Membership
from models.post import Post
from models.shared.database import database
from models.shared.related import counted
from models.shared.row_checks import Invalid
from models.user import User
from routes.shared.access import member, members_only
from routes.shared.body import form
from routes.shared.controls import controls
from routes.shared.deletions import deletion_of
from routes.shared.filter_form import filter_form
from routes.shared.lists import page_list
from routes.shared.names import group_names, referred_names
from routes.shared.page import form_page, news, page, see_other
from routes.shared.permissions import rows_of
from routes.shared.picked import pick
from routes.shared.query import query
from routes.shared.section import Section
from routes.shared.teaching import group_of_mine, may_teach, taught_group, teachers_only

routes = Section()


@routes.get("/groups", apply=members_only)
def show_groups() -> str:
    user = member()
    taught = {group_id for (group_id,) in Membership.ids_taught_by(user).tuples()}
    may_add = user.is_admin or bool(taught)
    return page("classroom/groups", groups=groups_of_mine(), taught=taught, may_add=may_add, news=news())


@routes.get("/groups/new", apply=teachers_only)
def new_group() -> str:
    return group_form({}, {})


@routes.post("/groups", apply=teachers_only)
def add_group() -> str | HTTPResponse:
    texts = pick(form(), "name")
    try:
        group = make_group(Group.from_form(texts))
    except Invalid as error:
        return group_form(texts, error.problems)
    return see_other(f"/groups/{group.id}?added")


@routes.get("/groups/<id:int>", apply=members_only)
def show_group(id: int) -> str:
    return group_page(group_of_mine(id), {}, {})


@routes.get("/groups/<id:int>/posts", apply=members_only)
def show_posts_of_group(id: int) -> str:
    group = group_of_mine(id)
    found = page_list(rows_of(Post), by_group(group))
    filters = filter_form(Post, referred_names(Post, (), and_few=True))
    return page("classroom/group_posts", group=group, **found, filters=filters, groups=group_names(found["rows"]))


@routes.get("/groups/<id:int>/edit", apply=members_only)
def edit_group(id: int) -> str:
    group = taught_group(id)
    return group_form({"name": group.name}, {}, group)


@routes.post("/groups/<id:int>/edit", apply=members_only)
def change_group(id: int) -> str | HTTPResponse:
    group, texts = taught_group(id), pick(form(), "name")
    try:
        group.update(**Group.from_form(texts))
    except Invalid as error:
        return group_form(texts, error.problems, group)
    return see_other(f"/groups/{id}?saved")


@routes.post("/groups/<id:int>/quiet", apply=members_only)
def make_quiet(id: int) -> HTTPResponse:
    taught_group(id).update(quiet=pick(form(), "quiet").get("quiet") == "yes")
    return see_other(f"/groups/{id}?saved")


@routes.post("/groups/<id:int>/end-logins", apply=members_only)
def end_all_logins(id: int) -> HTTPResponse:
    return see_other(f"/groups/{id}?ended={end_logins(taught_group(id))}")


@routes.post("/groups/<id:int>/people", apply=members_only)
def add_person(id: int) -> str | HTTPResponse:
    group, texts = taught_group(id), pick(form(), "uid", "role")
    try:
        take_in(group, person_with(texts.get("uid")), texts.get("role") or None)
    except Invalid as error:
        return group_page(group, texts, error.problems)
    return see_other(f"/groups/{id}?saved")


@routes.post("/groups/<id:int>/people/<user:int>/remove", apply=members_only)
def remove_person(id: int, user: int) -> HTTPResponse:
    take_out(taught_group(id), user)
    return see_other(f"/groups/{id}?saved")


@routes.get("/groups/<id:int>/delete", apply=members_only)
def confirm_delete_group(id: int) -> str:
    group = deletable(taught_group(id))
    return page("classroom/delete_group", group=group, deletion=deletion_of(group), people=group.memberships.count())


@routes.post("/groups/<id:int>/delete", apply=members_only)
def remove_group(id: int) -> HTTPResponse:
    deletable(taught_group(id)).delete()
    return see_other("/groups?deleted")


def make_group(values: dict[str, Any]) -> Group:
    """Who makes a group teaches it; an admin need not."""
    with database.atomic():
        group: Group = Group.create(**values)
        if not member().is_admin:
            group.add(member(), "teacher")
    return group


def group_form(values: dict[str, Any], problems: dict[str, str], group: Group | None = None) -> str:
    return form_page("classroom/group_form", problems, group=group, controls=controls(Group, "name"), values=values)


def group_page(group: Group, values: dict[str, Any], problems: dict[str, str]) -> str:
    found = page_list(counted(User), in_group(group))
    ids, may = [user.id for user in found["rows"]], may_teach(group)
    theirs = Membership.select().where((Membership.group == group) & Membership.user.in_(ids))
    about = {
        "group": group,
        "may": may,
        "roles": {each.user_id: each.role for each in theirs},
        "pupils": pupils_among(ids) if may else set(),
        "closed": {each.user_id for each in ClosedAccount.select().where(ClosedAccount.user.in_(ids))}
        if may
        else set(),
        "teachers": [str(each) for each in group.teachers()],
        "ended": query().get("ended", ""),
        "adding": {"values": values, "problems": problems},
    }
    if problems:
        response.status = 422
    return page("classroom/group", **about, **found, filters=filter_form(User, {}), news=news())


def pupils_among(ids: list[int]) -> set[int]:
    """Those whom who is asking may take out and close: for an admin everybody."""
    if member().is_admin:
        return set(ids)
    rows = Membership.pupils_of(member()).where(Membership.user.in_(ids)).tuples()
    return {user_id for (user_id,) in rows}
