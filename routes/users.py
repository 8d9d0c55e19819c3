"""Users: pages that list, show, add, change and delete them, and the same as JSON."""

from dataclasses import replace
from typing import Any

from bottle import HTTPError, HTTPResponse, response

from models.post import Post
from models.shared.one_row import row_of
from models.shared.passwords import PasswordField
from models.shared.picture_field import PICTURE_FILE, PictureField
from models.shared.referring import refers_by, with_counts
from models.shared.related import counted, with_newest
from models.shared.row_checks import Invalid
from models.user import User
from routes.shared.access import admin_only, is_mine, members_only, mine_or_admin, readers_only
from routes.shared.addresses import address
from routes.shared.body import body_values, form, form_with_picture
from routes.shared.controls import Control, controls
from routes.shared.cookie import forget
from routes.shared.deletions import DELETION, deletion_json, deletion_of
from routes.shared.expanded import read_with_version
from routes.shared.filter_form import filter_form
from routes.shared.list_place import PARTS
from routes.shared.lists import json_list, page_list
from routes.shared.login import current_session, log_in_browser, me
from routes.shared.names import group_names
from routes.shared.page import form_page, news, page, see_other
from routes.shared.passwords import check_old_password, check_possible
from routes.shared.permissions import readable, viewer
from routes.shared.picked import pick
from routes.shared.referring import readable_keys, sections_of
from routes.shared.section import Section
from routes.shared.shapes import columns, shape
from routes.shared.sign_up import sign_up_only
from routes.shared.teaching import taught_account

NEW = ("name", "uid", "password", "dob")
OWN = ("name", "uid", "dob")
OTHERS = (*OWN, "role", "password")
PORTRAIT_FILE = PictureField(help_text=PICTURE_FILE)
OLD_PASSWORD = PasswordField(null=True, help_text="The one you have now, for a new one of your own.")

routes = Section()


@routes.get("/users", apply=readers_only, parts=PARTS)
def show_users() -> str:
    found = page_list(counted(User, viewer()))
    return page("users/list", news=news(), **found, filters=filter_form(User, {}), may_change=is_mine)


@routes.get("/users/new", apply=sign_up_only)
def new_user() -> str:
    return new_user_page({}, {})


@routes.post("/users", apply=sign_up_only)
def add_user() -> str | HTTPResponse:
    texts = pick(form(), *NEW)
    try:
        user = User.create(**User.from_form(texts))
    except Invalid as error:
        return new_user_page(texts, error.problems)
    answer = see_other(f"/users/{user.id}?added")
    if user.password_hash and not me():
        log_in_browser(answer, user)
    return answer


@routes.get("/users/<id:int>", apply=readers_only, parts=PARTS)
def show_user(id: int) -> str:
    keys = readable_keys(User)
    user = row_of(with_counts(User, keys, viewer()), id)
    found = page_list(readable(Post), refers_by([Post.user], id))
    more = {"groups": group_names(found["rows"]), "taught": taught_account(user)}
    return page("users/show", user=user, news=news(), **found, sections=sections_of(user, keys), **more)


@routes.get("/users/<id:int>/edit", apply=members_only)
def edit_user(id: int) -> str:
    user = mine_or_admin(User.get_by_id(id))
    return edit_user_page(user, {name: getattr(user, name) for name in ("name", "uid", "dob", "role")}, {})


@routes.post("/users/<id:int>/edit", apply=members_only)
def change_user(id: int) -> str | HTTPResponse:
    user = mine_or_admin(User.get_by_id(id))
    texts = form_with_picture(*editable(user))
    user.given_by = me()
    try:
        user.update(**User.from_form(texts))
    except Invalid as error:
        return edit_user_page(user, texts, error.problems)
    return see_other(f"/users/{id}?saved")


@routes.get("/users/<id:int>/delete", apply=members_only)
def confirm_delete_user(id: int) -> str:
    return delete_user_page(mine_or_admin(User.get_by_id(id)), {})


@routes.post("/users/<id:int>/delete", apply=members_only)
def remove_user(id: int) -> str | HTTPResponse:
    user = mine_or_admin(User.get_by_id(id))
    try:
        user.delete()
    except Invalid as error:
        return delete_user_page(user, error.problems)
    answer = see_other("/users?deleted")
    if user == me():
        forget(answer)
    return answer


@routes.get("/api/users", apply=readers_only, parts=PARTS, lists=User)
def list_users() -> dict[str, Any]:
    """A page of the users."""
    return json_list("users", with_newest(User, viewer()))


@routes.post("/api/users", apply=sign_up_only, takes=columns(User, *NEW), makes=User, refuses=(429,))
def create_user() -> dict[str, Any]:
    """Add a user."""
    user = User.create(**body_values())
    response.status = 201
    response.set_header("Location", address(f"/api/users/{user.id}"))
    return user.read()


@routes.get("/api/users/<id:int>", apply=readers_only, gives=User)
def read_user(id: int) -> dict[str, Any]:
    """One user, with their newest posts."""
    return read_with_version(row_of(with_newest(User, viewer()), id))


@routes.patch(
    "/api/users/<id:int>",
    apply=members_only,
    takes=columns(User, *OTHERS, old_password=OLD_PASSWORD),
    gives=User,
    refuses=(429,),
)
def update_user(id: int) -> dict[str, Any]:
    """Change a user: they themselves and admins may.

    A new `password` of one's own needs `old_password`; only admins change a `role`.
    """
    user = mine_or_admin(User.get_by_id(id))
    values = body_values(user)
    old_password = values.pop("old_password", None)
    check_possible(old_password, "old_password")
    if values.get("role") == user.role:
        del values["role"]  # came along with a whole record
    if "role" in values:
        admin_only("Only an admin may change a role.")
        user.given_by = me()
    if values.get("password") and user == me():
        check_old_password(user, old_password, "old_password")
    user.login = current_session()
    return read_as_seen(user.update(**values))


@routes.delete("/api/users/<id:int>", apply=members_only, refuses=(422,))
def delete_user(id: int) -> None:
    """Delete a user, with all that is theirs: they themselves and admins may, but the last admin stays."""
    mine_or_admin(User.get_by_id(id)).delete()
    response.status = 204


@routes.get("/api/users/<id:int>/deletion", apply=members_only, gives=DELETION, refuses=(403,))
def read_deletion_of_user(id: int) -> dict[str, Any]:
    """What deleting a user does to others: what goes with them, also of others, and stays without them."""
    return deletion_json(mine_or_admin(User.get_by_id(id)))


@routes.put("/api/users/<id:int>/image", apply=members_only, takes=shape(image=PORTRAIT_FILE), gives=User)
def put_portrait(id: int) -> dict[str, Any]:
    """Give a user a picture, in place of the one they may have: they themselves and admins may.

    It is the body, or the file `image` of a form. `thumb` is a square of its middle.
    """
    user = mine_or_admin(User.get_by_id(id))
    return read_as_seen(user.update(**{"image": b""} | body_values()))


@routes.delete("/api/users/<id:int>/image", apply=members_only)
def delete_portrait(id: int) -> None:
    """Take the picture away from a user: they themselves and admins may."""
    user = mine_or_admin(User.get_by_id(id))
    if not user.image:
        raise HTTPError(404, "This user has no picture.")
    user.update(image=None)
    response.status = 204


@routes.get("/api/users/<id:int>/posts", apply=readers_only, parts=PARTS, lists=Post)
def list_posts_of_user(id: int) -> dict[str, Any]:
    """A page of one user's posts."""
    User.get_by_id(id)
    return json_list("posts", readable(Post), refers_by([Post.user], id))


def read_as_seen(user: User) -> dict[str, Any]:
    """With the posts that who is asking sees."""
    row: User = row_of(with_newest(User, viewer()), user.id)
    return row.read()


def new_user_page(values: dict[str, Any], problems: dict[str, str]) -> str:
    return form_page("users/new", problems, controls=controls(User, *NEW), values=values)


def edit_user_page(user: User, values: dict[str, Any], problems: dict[str, str]) -> str:
    asked = [new_password(each) if each.kind == "password" else each for each in controls(User, *editable(user))]
    return form_page("users/edit", problems, user=user, controls=asked, values=values)


def delete_user_page(user: User, problems: dict[str, str]) -> str:
    return form_page("users/delete", problems, user=user, deletion=deletion_of(user))


def new_password(control: Control) -> Control:
    """Somebody else's, who may have one already."""
    least = User.password.min_length
    return replace(control, label="New password", hint=f"At least {least} characters. Left empty, the old one stays.")


def editable(user: User) -> tuple[str, ...]:
    """What the form of a user asks for. One's own password is changed at /account, with the old one."""
    return (*(OWN if user == me() else OTHERS), "image")
