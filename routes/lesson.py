"""The dialect of the lesson's own pages, under `/lesson`: other shapes and codes, the same models, rules and guards."""

import json
import re
from base64 import b64encode
from typing import Any
from urllib.parse import quote

from bottle import request, response
from peewee import ModelSelect

from models.base import Invalid
from models.fields import to_whole_number
from models.picture import thumbnail_name
from models.post import Post
from models.storage import storage
from models.user import User
from routes.shared.access import admins_only, member, members_only, mine_or_admin, readers_only, sign_up_only
from routes.shared.body import json_body, query, some
from routes.shared.dialect import Dialect
from routes.shared.login import end_current_session, forget, log_in_browser, user_with_password
from routes.shared.section import Section

MOST_ROWS = 500
MOST_BASE64 = 2_000_000  # characters of pictures in one answer
MONTH_FIRST = re.compile(r"([0-9]{2})-([0-9]{2})-([0-9]{4})")


def shaped(details: dict[str, Any]) -> tuple[int, dict[str, Any]]:
    """A refusal as the lesson's pages read it: whatever is wrong with the values is 400."""
    status = 400 if details["status"] in (413, 415, 422) else details["status"]
    refusals = {401: "Unauthorized", 403: "Forbidden"}
    login = {"data": None, "error": refusals[status]} if status in refusals else {}
    return status, {"message": details["detail"] or details["title"]} | login


routes = Section(
    public=(
        *(
            f"POST /lesson/api/users{end}"
            for end in ("", "/", "/create", "/create/", "/authenticate", "/authenticate/")
        ),
        *(f"POST /lesson/api/authenticate{end}" for end in ("", "/")),
    ),
    dialect=Dialect("/lesson/", "application/json", shaped),
)


def both(*paths: str) -> list[str]:
    """Each path as it is and with a slash behind it, as a browser refuses a preflight that is sent elsewhere."""
    return [f"{path}{slash}" for path in paths for slash in ("", "/")]


@routes.get(both("/lesson/api/users"), apply=readers_only)
def list_users() -> str:
    """The users, each with their newest posts: at most 500, and where the next ones are."""
    pictures = Pictures()
    return as_list([user_of(user, pictures) for user in first_rows(User.with_posts())])


@routes.post(both("/lesson/api/users", "/lesson/api/users/create"), apply=sign_up_only)
def create_user() -> dict[str, Any]:
    """Add a user."""
    return user_of(User.create(**some(year_first(json_body()), ("name", "uid", "password", "dob"))))


@routes.put(both("/lesson/api/users"), apply=members_only)
def update_user() -> dict[str, Any]:
    """Change the user with this `id`: they themselves and admins may."""
    values = year_first(json_body())
    user = mine_or_admin(User.get_by_id(row_id(values.get("id"))))
    return user_of(user.update(**some(values, ("name", "uid", "dob"))))


@routes.delete(both("/lesson/api/users"), apply=admins_only)
def delete_user() -> None:
    """Delete the user with this `uid`, with all their posts."""
    uid = json_body().get("uid")
    if not isinstance(uid, str):
        raise Invalid({"uid": "is required"})
    User.get(User.uid == uid.strip().lower()).delete()
    response.status = 204


@routes.post(both("/lesson/api/authenticate", "/lesson/api/users/authenticate"))
def log_in() -> dict[str, Any]:
    """Log in a browser, by its cookie."""
    values = json_body()
    user = user_with_password(values.get("uid"), values.get("password"))
    if not user:
        response.status = 401
        response.set_header("WWW-Authenticate", "Bearer")
        return {"message": "Invalid user id or password"}
    log_in_browser(response, user)
    return user_of(user)


@routes.delete(both("/lesson/api/authenticate"), apply=members_only)
def log_out() -> None:
    """Log out."""
    end_current_session()
    forget(response)
    response.status = 204


@routes.get(both("/lesson/api/id"), apply=members_only)
def read_me() -> dict[str, Any]:
    """Who is logged in."""
    return user_of(member())


def user_of(user: User, pictures: "Pictures | None" = None) -> dict[str, Any]:
    """`id, name, uid, dob` (MM-DD-YYYY, or nothing), `age` and `posts`, the newest ten."""
    pictures = pictures or Pictures()
    posts = user.posts if isinstance(user.posts, list) else user.newest_posts()
    dob = user.dob.isoformat() if user.dob else ""
    return {
        "id": user.id,
        "name": user.name,
        "uid": user.uid,
        "dob": f"{dob[5:]}-{dob[:4]}" if dob else "",
        "age": user.age,
        "posts": [post_of(post, pictures) for post in posts],
    }


def post_of(post: Post, pictures: "Pictures") -> dict[str, Any]:
    """`id, userID, note, image` (a file's name, or nothing) and `base64` of its thumbnail."""
    image = post.image_name if post.image else ""
    base64 = pictures.base64_of(thumbnail_name(image)) if image else ""
    return {"id": post.id, "userID": post.userID, "note": post.note, "image": image, "base64": base64}


class Pictures:
    """Files as base64, until an answer has enough of them."""

    left = MOST_BASE64

    def base64_of(self, name: str) -> str:
        if not self.left:
            return ""
        try:
            with storage.open(name) as file:
                text = b64encode(file.read()).decode()
        except FileNotFoundError:
            return ""
        self.left = max(0, self.left - len(text))
        return text if self.left else ""


def first_rows(rows: "ModelSelect[Any]") -> list[Any]:
    """At most 500 of `rows`, from where the URL says; a header says where the next ones are."""
    model = rows.model
    after = row_id(query().get("after", 0))
    found = list(rows.where(model.id > after).order_by(model.id).limit(MOST_ROWS + 1))
    if len(found) > MOST_ROWS:
        response.set_header("Link", f'<{quote(request.path)}?after={found[MOST_ROWS - 1].id}>; rel="next"')
    return found[:MOST_ROWS]


def as_list(values: list[dict[str, Any]]) -> str:
    """Bottle makes JSON of an object only."""
    response.content_type = "application/json"
    return json.dumps(values)


def row_id(value: Any) -> int:
    """`Invalid` for what is no row's number."""
    try:
        return to_whole_number(User.id, value)
    except ValueError as error:
        raise Invalid({"id": str(error)}) from None


def year_first(values: dict[str, Any]) -> dict[str, Any]:
    """The lesson's pages send a date of birth either way round."""
    month_first = MONTH_FIRST.fullmatch(str(values.get("dob")))
    if not month_first:
        return values
    month, day, year = month_first.groups()
    return values | {"dob": f"{year}-{month}-{day}"}
