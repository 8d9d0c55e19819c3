"""Pages that only a frozen site with a backend has: forms whose answers a script sends, and rows that are new."""

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from bottle import HTTPError, request

from freezing.told_rows import all_lists
from models.post import Post
from models.shared.kinds import is_file, kind_of
from models.shared.loading import all_resources
from models.shared.resource import heading_of, singular_of
from models.shared.rows import BaseModel
from models.user import User
from routes.shared.access import everyone
from routes.shared.controls import Control, control, controls
from routes.shared.page import page
from routes.shared.permissions import is_for_everyone, may_add
from routes.shared.row_forms import form_texts, row_controls
from routes.shared.section import Section
from routes.shared.state import current_state

FOR_SCRIPTS = "/alive.json"
ASKED_OF_USER = ("name", "uid", "password", "dob")
NO_TEXTS: Mapping[str, str] = {}
NEW_POST = ("note", "image", "alt")


def pages_for_scripts() -> dict[str, Callable[[], str]]:
    """What makes each of them, by its path. 404 for one that a visitor of this site has no use for."""
    own = [model for model in all_resources() if model.plural]
    pages: dict[str, Callable[[], str]] = {"/login": login_form, "/users/new": user_form, "/posts/new": post_form}
    pages |= {f"/{model.plural}/new": partial(form_of_model, model) for model in own}
    pages |= {f"/{model.plural}/row": partial(row_page_of, model) for model in own}
    return pages | {"/users/row": partial(row_page_of, User)}


def section_for_scripts(moment: str) -> Section:
    """In place of those pages of the site that would only lead to a login; `moment` is when it is frozen."""
    pages = pages_for_scripts()
    section = Section(in_place_of=[f"GET {path}" for path in pages])
    for path, make in pages.items():
        section.get(path, apply=everyone)(make)
    section.get(FOR_SCRIPTS, apply=everyone)(partial(what_is_told, moment))
    return section


def what_is_told(moment: str) -> dict[str, Any]:
    """What the scripts of every page ask for first."""
    frozen: Any = current_state().frozen
    return {"frozen": moment, "lists": all_lists(frozen.actions)}


def login_form() -> str:
    uid = replace(control(User.uid), hint="", attributes={"required": "", "autocomplete": "username"})
    attributes: dict[str, object] = {"required": "", "autocomplete": "current-password"}
    asked = [uid, Control("password", "Password", "password", attributes=attributes)]
    links = [("/users/new", "Sign up")] if offers_sign_up() else []
    named = {"title": "Log in", "words": "Log in", "links": links, "plural": ""}
    return form_for_script("/login", "/lesson/api/authenticate", asked, {}, **named)


def user_form() -> str:
    require(offers_sign_up())
    return form_of_row(User, controls(User, *ASKED_OF_USER), "Add a user", "Add this user")


def post_form() -> str:
    require(is_for_everyone(Post))
    return form_of_row(Post, controls(Post, *NEW_POST), "Write a post", "Post it")


def form_of_model(model: Any) -> str:
    require(is_for_everyone(model) and may_add(model))
    singular = singular_of(model)
    made = [name for name in model.open_fields() if callable(model.all_fields()[name].default)]  # for each row anew
    asked = [without_need(each) if each.name in made else each for each in row_controls(model)]
    texts = {name: text for name, text in form_texts(model()).items() if name not in made}
    return form_of_row(model, asked, f"Add a {singular}", f"Add this {singular}", texts)


def without_need(control: Control) -> Control:
    """Left empty, the program makes a value."""
    return replace(control, attributes={name: each for name, each in control.attributes.items() if name != "required"})


def form_of_row(
    model: type[BaseModel], asked: list[Control], title: str, words: str, texts: Mapping[str, str] = NO_TEXTS
) -> str:
    plural = str(model.plural)
    types = {each.name: json_type_of(model, each.name) for each in asked}
    named = {"title": title, "words": words, "links": [(f"/{plural}", "Cancel")], "plural": plural, "texts": texts}
    return form_for_script(f"/{plural}/new", f"/api/{plural}", asked, types, **named)


def form_for_script(path: str, sends: str, asked: list[Control], types: dict[str, str], **named: Any) -> str:
    has_files = any(each.kind == "file" for each in asked)
    more = {"sends": sends, "types": json.dumps(types), "has_files": has_files}
    return page("freezing/form", path=path, controls=asked, **more, **({"texts": NO_TEXTS} | named))


def json_type_of(model: type[BaseModel], name: str) -> str:
    """What a value of the form is in JSON."""
    field = model.all_fields()[name]
    return "file" if is_file(field) else str(kind_of(field).schema(field).get("type", "string"))


def row_page_of(model: Any) -> str:
    require(is_for_everyone(model))
    singular = singular_of(model)
    return page("freezing/row", title=f"A new {singular}", plural=model.plural, many=heading_of(model).lower())


def offers_sign_up() -> bool:
    return is_for_everyone(User) and request.app.config["sign_up"] == "open"


def require(is_open: bool) -> None:
    if not is_open:
        raise HTTPError(404)
