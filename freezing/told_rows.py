"""What scripts must know to draw a row as the pages have it: of each list its columns, and how a value is shown."""

from typing import Any

from bottle import Bottle
from peewee import BooleanField, DateTimeField, Field, FloatField, ForeignKeyField, fn

from models.post import Post
from models.shared.fields import label_of
from models.shared.loading import all_resources
from models.shared.picture import THUMBNAIL
from models.shared.picture_field import PictureField
from models.shared.resource import Resource, heading_of, singular_of
from models.shared.rows import BaseModel
from models.user import User
from routes.shared.cells import head_of_key, listed_fields, look_of
from routes.shared.expanded import expandable
from routes.shared.permissions import is_for_everyone
from routes.shared.referring import counted_keys

ToldColumn = dict[str, Any]

SHOWN = {BooleanField: "truth", DateTimeField: "time", FloatField: "float", PictureField: "picture"}
OF_USERS: list[ToldColumn] = [
    {"name": "id", "head": "Id", "look": "number"},
    {"name": "name", "head": "Name", "look": "name", "shown": "person"},
    {"name": "uid", "head": "User id"},
    {"name": "dob", "head": "Born"},
    {"name": "age", "head": "Age", "look": "number"},
    {"name": "posts_total", "head": "Posts", "look": "number"},
]
FACTS_OF_USERS: list[ToldColumn] = [
    {"name": "uid", "head": "User id"},
    {"name": "dob", "head": "Born", "left_out": True},
    {"name": "age", "head": "Age", "left_out": True},
    {"name": "role", "head": "Role", "labels": {"admin": "Admin", "user": ""}, "left_out": True},
    {"name": "posts_total", "head": "Posts", "shown": "count"},
]


def all_lists(actions: dict[str, tuple[str, ...]]) -> dict[str, dict[str, Any]]:
    """Each list that a visitor may read, by its plural."""
    lists = {"users": list_of_users(), "posts": list_of_posts()} if is_for_everyone(User) else {}
    own = [model for model in all_resources() if model.plural and is_for_everyone(model)]
    return lists | {str(model.plural): list_of_resource(model, actions) for model in own}


def list_of_users() -> dict[str, Any]:
    return told_names(User, "user", "users") | {"columns": OF_USERS, "facts": FACTS_OF_USERS}


def list_of_posts() -> dict[str, Any]:
    return told_names(Post, "post", "posts") | {"expand": "user", "longest": THUMBNAIL}


def list_of_resource(model: type[Resource], actions: dict[str, tuple[str, ...]]) -> dict[str, Any]:
    facts = [told_column(field) for field in listed_fields(model)]
    no_names = (ForeignKeyField, PictureField)
    fields = list(enumerate(listed_fields(model)))
    place = next((number for number, field in fields if number and not isinstance(field, no_names)), 0)
    named = [each | ({"shown_in_list": "name"} if number == place else {}) for number, each in enumerate(facts)]
    counted = [{"head": head_of_key(key), "look": "number", "shown": "count"} for key in counted_keys(model)]
    expand = [field.name for field in expandable(model).values() if has_open_rows(field)]
    more = {"columns": [*named, *counted], "facts": facts, "expand": ",".join(expand), "longest": THUMBNAIL}
    names = {"called": model.searched[:1], "actions": actions.get(str(model.plural), ())}
    return told_names(model, singular_of(model), heading_of(model).lower()) | more | names


def told_names(model: type[BaseModel], one: str, many: str) -> dict[str, Any]:
    """What its rows are called, and the last that has a file."""
    last = model.select(fn.MAX(model.id)).scalar() or 0
    return {"one": one, "many": many, "last": last, "has_page": model.has_page, "sort": model.sort}


def told_column(field: Field) -> ToldColumn:
    """One value of a row of one's own model."""
    column: ToldColumn = {"name": field.name, "head": label_of(field)}
    look = "" if isinstance(field, PictureField) else look_of(field)
    shown = next((word for kind, word in SHOWN.items() if isinstance(field, kind)), "")
    column |= ({"look": look} if look else {}) | ({"shown": shown} if shown else {})
    if field.choices:
        column["labels"] = {str(value): label for value, label in field.choices}
    if isinstance(field, ForeignKeyField):
        column["shown"] = "reference"
        if has_open_rows(field):
            column |= {"to": field.rel_model.plural, "called": list(field.rel_model.searched[:1])}
    return column


def has_open_rows(field: ForeignKeyField) -> bool:
    """Whether it refers to rows that a visitor may read, each with a page."""
    model: Any = field.rel_model
    return bool(model.plural and model.has_page and is_for_everyone(model))


def actions_of(site: Bottle) -> dict[str, tuple[str, ...]]:
    """What a button may do to a row of one's own model, by the plural: a POST that takes nothing and gives the row."""
    found: dict[str, tuple[str, ...]] = {}
    for model in all_resources():
        start = f"/api/{model.plural}/<id:int>/"
        words = [
            route.rule.removeprefix(start)
            for route in site.routes
            if route.method == "POST" and route.rule.startswith(start) and route.config.get("gives") is model
        ]
        found |= {str(model.plural): tuple(words)} if words else {}
    return found
