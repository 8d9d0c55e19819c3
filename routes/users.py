"""Users: pages that list, show and add them, and the same as JSON."""

from typing import Any

from bottle import HTTPResponse, response

from models.base import Invalid
from models.user import User
from routes.shared.access import readers_only, sign_up_only
from routes.shared.body import form, json_body, pick, query
from routes.shared.controls import controls
from routes.shared.lists import json_list, page_list
from routes.shared.page import page, see_other
from routes.shared.section import Section

FIELDS = ("name", "uid", "password", "dob")

routes = Section()


@routes.get("/users", apply=readers_only)
def show_users() -> str:
    return page("users/list", **page_list(User.counted()))


@routes.get("/users/new", apply=sign_up_only)
def new_user() -> str:
    return new_user_page({}, {})


@routes.post("/users", apply=sign_up_only)
def add_user() -> str | HTTPResponse:
    values = pick(form(), *FIELDS)
    try:
        user = User.create(**values)
    except Invalid as error:
        response.status = 422
        return new_user_page(values, error.problems)
    return see_other(f"/users/{user.id}?added")


@routes.get("/users/<id:int>", apply=readers_only)
def show_user(id: int) -> str:
    user = User.counted().where(User.id == id).get()
    return page("users/show", user=user, is_new="added" in query(), **page_list(user.posts))


@routes.get("/api/users", apply=readers_only)
def list_users() -> dict[str, Any]:
    """A page of the users."""
    return json_list("users", User.with_posts())


@routes.post("/api/users", apply=sign_up_only)
def create_user() -> dict[str, Any]:
    """Add a user."""
    user = User.create(**pick(json_body(), *FIELDS))
    response.status = 201
    response.set_header("Location", f"/api/users/{user.id}")
    return user.read()


@routes.get("/api/users/<id:int>", apply=readers_only)
def read_user(id: int) -> dict[str, Any]:
    """One user, with their newest posts."""
    return User.get_by_id(id).read()


@routes.get("/api/users/<id:int>/posts", apply=readers_only)
def list_posts_of_user(id: int) -> dict[str, Any]:
    """A page of one user's posts."""
    return json_list("posts", User.get_by_id(id).posts)


def new_user_page(values: dict[str, Any], problems: dict[str, str]) -> str:
    return page("users/new", controls=controls(User, *FIELDS), values=values, problems=problems)
