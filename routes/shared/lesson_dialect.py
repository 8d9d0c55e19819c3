"""How the lesson's own pages are spoken to: the shapes of rows and refusals, and dates. Only their routes need it."""

import re
from base64 import b64encode
from typing import Any

from models.post import Post
from models.shared.conversions import convert_whole_number
from models.shared.fields import LineField, TextField
from models.shared.form_texts import read_whole_number
from models.shared.passwords import LESSON_PASSWORD
from models.shared.picture import thumbnail_name
from models.shared.related import newest_of
from models.shared.row_checks import Invalid
from models.shared.storage import storage
from models.user import User
from routes.shared.dialect import Dialect
from routes.shared.shapes import shape

MOST_BASE64 = 2_000_000  # characters of pictures in one answer
MONTH_FIRST = re.compile(r"([0-9]{2})-([0-9]{2})-([0-9]{4})")
TEXT = {"type": "string"}
TRUTH = {"type": "boolean"}
COUNT = {"type": "integer"}
POST = shape(id=Post.id, userID=Post.user, note=Post.note, image=TEXT, base64=TEXT)
USER = shape(id=User.id, name=User.name, uid=User.uid, dob=TEXT, age={"type": ["integer", "null"]}, posts=[POST])
PERSON = shape(
    **USER,
    email=TEXT,
    sid=TEXT,
    school=TEXT,
    **{"class": {"type": "array", "items": TEXT}},
    pfp={"type": ["string", "null"], "description": "The file name of their own picture."},
)
ME = shape(**PERSON, is_admin=TRUTH, is_teacher=TRUTH)
PAGES = shape(page=COUNT, per_page=COUNT, total=COUNT, has_next=TRUTH, has_prev=TRUTH)
PAGE = shape(users=[PERSON], pagination=PAGES)
PFP = TextField(max_length=MOST_BASE64, help_text="A picture, as plain base64.")
DOB = LineField(null=True, max_length=10, help_text="MM-DD-YYYY or YYYY-MM-DD.")


def shaped(details: dict[str, Any]) -> tuple[int, dict[str, Any]]:
    """A refusal as the lesson's pages read it: whatever is wrong with the values is 400."""
    status = 400 if details["status"] in (411, 413, 415, 422) else details["status"]
    refusals = {401: "Unauthorized", 403: "Forbidden"}
    login = {"data": None, "error": refusals[status]} if status in refusals else {}
    return status, {"message": details["detail"] or details["title"]} | login


LESSON = Dialect(
    "/lesson/",
    "application/json",
    shaped,
    {
        "type": "object",
        "description": "What went wrong; `data` and `error` when a login is missing or not enough.",
        "properties": {
            "message": {"type": "string"},
            "data": {"type": "null"},
            "error": {"type": "string", "enum": ["Unauthorized", "Forbidden"]},
        },
        "required": ["message"],
        "examples": [{"message": "uid is already taken"}],
    },
    "What the pages of the lesson call. A path may end with a slash. Dates of birth go out as MM-DD-YYYY, and come in "
    "so or as YYYY-MM-DD. The API that is kept for all others is described at `/api/openapi.json`.",
    ignores_trailing_slash=True,  # a browser refuses a preflight that is sent elsewhere
)


def lesson_user(user: User, pictures: "Pictures | None" = None) -> dict[str, Any]:
    """`id, name, uid, dob` (MM-DD-YYYY, or nothing), `age` and `posts`, the newest ten."""
    pictures = pictures or Pictures()
    dob = user.dob.isoformat() if user.dob else ""
    return {
        "id": user.id,
        "name": user.name or "",
        "uid": user.uid or "",
        "dob": f"{dob[5:]}-{dob[:4]}" if dob else "",
        "age": user.age,
        "posts": [lesson_post(post, pictures) for post in newest_of(user, "posts")],
    }


def lesson_person(user: User, pictures: "Pictures | None" = None) -> dict[str, Any]:
    """The same, with what the course's later pages ask for and we do not keep."""
    nothing: dict[str, Any] = {"email": "", "sid": "", "school": "", "class": [], "pfp": None}
    return lesson_user(user, pictures) | nothing


def lesson_post(post: Post, pictures: "Pictures") -> dict[str, Any]:
    """`id, userID, note, image` (a file's name, or nothing) and `base64` of its thumbnail."""
    image = post.image_name if post.image else ""
    base64 = pictures.base64_of(thumbnail_name(image)) if image else ""
    return {"id": post.id, "userID": post.userID, "note": post.note or "", "image": image, "base64": base64}


class Pictures:
    """Files as base64, until an answer has enough of them."""

    left = MOST_BASE64

    def base64_of(self, name: str) -> str:
        """The file `name`; nothing where it is lost, or where the answer has enough."""
        if not self.left:
            return ""
        try:
            with storage.open(name) as file:
                text = b64encode(file.read()).decode()
        except FileNotFoundError:
            return ""
        self.left = max(0, self.left - len(text))
        return text if self.left else ""


def year_first(values: dict[str, Any]) -> dict[str, Any]:
    """The lesson's pages send a date of birth either way round."""
    month_first = MONTH_FIRST.fullmatch(str(values.get("dob")))
    if not month_first:
        return values
    month, day, year = month_first.groups()
    return values | {"dob": f"{year}-{month}-{day}"}


def refuse_lesson_password(uid: Any, password: Any) -> None:
    """`Invalid` for the password that the lesson tells everyone, also where it is too short to be one."""
    if is_lesson_password(uid, password):
        raise Invalid({"password": f"must not be {LESSON_PASSWORD} and the user id, which everyone knows"})


def is_lesson_password(uid: Any, password: Any) -> bool:
    """Whether it is `123` and the user id."""
    return isinstance(uid, str) and password == LESSON_PASSWORD + uid.strip().lower()


def page_number(name: str, text: str, most: int) -> int:
    """Of a URL. `Invalid` for what is none from 1 to `most`."""
    number = int(text) if re.fullmatch("[0-9]{1,9}", text) else 0
    if not 1 <= number <= most:
        raise Invalid({name: f"must be a whole number from 1 to {most}"})
    return number


def row_id(value: Any) -> int:
    """`Invalid` for what is no row's number."""
    try:
        return convert_whole_number(User.id, read_whole_number(User.id, value) if isinstance(value, str) else value)
    except ValueError as error:
        raise Invalid({"id": str(error)}) from None
