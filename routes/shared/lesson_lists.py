"""Lists as the lesson's pages read them: a bare one, at most 500 rows, or a numbered page."""

import json
from typing import Any
from urllib.parse import quote

from bottle import request, response
from peewee import ModelSelect

from models.shared.related import with_newest
from models.user import User
from routes.shared.addresses import address
from routes.shared.lesson_rows import Pictures, lesson_person
from routes.shared.lesson_values import page_number, row_id
from routes.shared.permissions import viewer
from routes.shared.query import query

MOST_ROWS = 500
MOST_PAGES = 1_000_000
USUAL_PEOPLE = 50  # on a numbered page


def numbered_page(page: str, per_page: str) -> dict[str, Any]:
    """A page of the users as the course's later pages ask for it; one behind the last is empty."""
    number, size = page_number("page", page, MOST_PAGES), page_number("per_page", per_page, MOST_ROWS)
    total, pictures = User.select().count(), Pictures()
    users = with_newest(User, viewer()).order_by(User.id).paginate(number, size)
    neighbours = {"has_next": number * size < total, "has_prev": number > 1}
    return {
        "users": [lesson_person(user, pictures) for user in users],
        "pagination": {"page": number, "per_page": size, "total": total} | neighbours,
    }


def first_rows(rows: "ModelSelect[Any]") -> list[Any]:
    """At most 500 of `rows`, from where the URL says; a header says where the next ones are."""
    model = rows.model
    after = row_id(query().get("after", 0))
    found = list(rows.where(model.id > after).order_by(model.id).limit(MOST_ROWS + 1))
    if len(found) > MOST_ROWS:
        following = address(f"{quote(request.path)}?after={found[MOST_ROWS - 1].id}")
        response.set_header("Link", f'<{following}>; rel="next"')
    return found[:MOST_ROWS]


def as_list(values: list[dict[str, Any]]) -> str:
    """Bottle makes JSON of an object only."""
    response.content_type = "application/json"
    return json.dumps(values)
