"""Groups as JSON: those that one is in, their people, and what their teachers do with them."""

from typing import Any

from bottle import response

from classroom.groups.ending import deletable
from classroom.groups.pages import make_group
from classroom.groups.people_of_group import by_group, end_logins, groups_of_mine, in_group, take_in, take_out
from models.group import Group
from models.membership import Membership
from models.post import Post
from models.shared.related import with_newest
from models.user import User
from routes.shared.access import members_only
from routes.shared.addresses import address
from routes.shared.body import body_values
from routes.shared.lists import json_list
from routes.shared.permissions import rows_of
from routes.shared.section import Section
from routes.shared.shapes import columns, shape
from routes.shared.teaching import group_of_mine, taught_group, teachers_only

LOGGED_OUT: dict[str, Any] = {"type": "integer", "minimum": 0, "description": "How many people that is."}

routes = Section()


@routes.get("/api/groups", apply=members_only, section="groups", gives=shape(groups=[Group]))
def list_groups() -> dict[str, Any]:
    """My groups; admins see all."""
    return {"groups": [group.read() for group in groups_of_mine()]}


@routes.post("/api/groups", apply=teachers_only, section="groups", takes=columns(Group, "name"), makes=Group)
def create_group() -> dict[str, Any]:
    """Make a group. A teacher teaches it."""
    group = make_group(body_values())
    response.status = 201
    response.set_header("Location", address(f"/api/groups/{group.id}"))
    return group.read()


@routes.get("/api/groups/<id:int>", apply=members_only, section="groups", gives=Group)
def read_group(id: int) -> dict[str, Any]:
    """One of my groups."""
    return group_of_mine(id).read()


@routes.patch(
    "/api/groups/<id:int>", apply=members_only, section="groups", takes=columns(Group, "name", "quiet"), gives=Group
)
def update_group(id: int) -> dict[str, Any]:
    """Rename a group, or let it be `quiet`: its members may then only read. Its teachers and admins may."""
    group = taught_group(id)
    return group.update(**body_values(group)).read()


@routes.delete("/api/groups/<id:int>", apply=members_only, section="groups")
def delete_group(id: int) -> None:
    """Delete a group, with all that is for it only. Its people stay."""
    deletable(taught_group(id)).delete()
    response.status = 204


@routes.post("/api/groups/<id:int>/end-logins", apply=members_only, section="groups", gives=shape(people=LOGGED_OUT))
def end_logins_of_group(id: int) -> dict[str, Any]:
    """Log the members of a group out everywhere: its teachers and admins may."""
    return {"people": end_logins(taught_group(id))}


@routes.get("/api/groups/<id:int>/users", apply=members_only, section="groups", lists=User)
def list_users_of_group(id: int) -> dict[str, Any]:
    """A page of the people of one of my groups, its teachers too."""
    return json_list("users", with_newest(User), in_group(group_of_mine(id)))


@routes.get("/api/groups/<id:int>/posts", apply=members_only, section="groups", lists=Post)
def list_posts_of_group(id: int) -> dict[str, Any]:
    """A page of what the people of one of my groups wrote, as far as I see it, the newest first."""
    return json_list("posts", rows_of(Post), by_group(group_of_mine(id)))


@routes.put(
    "/api/groups/<id:int>/users/<user:int>",
    apply=members_only,
    section="groups",
    takes=columns(Membership, "role"),
    partial=True,
)
def put_user_into_group(id: int, user: int) -> None:
    """Take somebody in, or let them have another `role`: a teacher takes in whom they teach, an admin everybody."""
    group, person = taught_group(id), User.get_by_id(user)
    take_in(group, person, body_values().get("role"))
    response.status = 204


@routes.delete("/api/groups/<id:int>/users/<user:int>", apply=members_only, section="groups")
def delete_user_from_group(id: int, user: int) -> None:
    """Take somebody out: a teacher those they teach, an admin everybody."""
    take_out(taught_group(id), user)
    response.status = 204
