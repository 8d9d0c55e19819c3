"""What the lesson's pages send, as the models take it."""

import re
from base64 import b64decode
from typing import Any

from bottle import request

from models.shared.conversions import convert_whole_number
from models.shared.form_texts import read_whole_number
from models.shared.logins import typed_uid
from models.shared.passwords import KNOWN_TO_ALL, LESSON_PASSWORD, is_lesson_password
from models.shared.picture_limits import LARGEST_FILE
from models.shared.row_checks import Invalid
from models.user import User
from routes.shared.picked import some

LARGEST_BASE64 = (LARGEST_FILE + 2) // 3 * 4  # characters of the largest picture
DATA_URL = re.compile(r"data:[a-z0-9/+.-]*;base64,", re.IGNORECASE)  # what a browser's FileReader puts before it
MONTH_FIRST = re.compile(r"([0-9]{2})-([0-9]{2})-([0-9]{4})")


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
        raise Invalid({"password": KNOWN_TO_ALL})


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


def sign_up(values: dict[str, Any]) -> User:
    """A new user, of those values that we have a place for."""
    refuse_lesson_password(values.get("uid"), values.get("password"))
    user: User = User.create(**User.from_form(some(values, ("name", "uid", "password", "dob"))))
    return user


def picture_in(text: Any) -> bytes:
    """The file in base64. `Invalid` for what is none."""
    if not text:
        raise Invalid({"pfp": "is required"})
    if not isinstance(text, str):
        raise Invalid({"pfp": "must be text"})
    try:
        return b64decode("".join(DATA_URL.sub("", text, count=1).split()), validate=True)
    except ValueError:
        raise Invalid({"pfp": "must be a picture, as plain base64"}) from None


def with_uid(uid: Any) -> User:
    """The user who has it. `Invalid` for what is none."""
    text = typed_uid(uid)
    if not text:
        raise Invalid({"uid": "is required"})
    user: User = User.get(User.uid == text)
    return user


def why_not(uid: Any, password: Any) -> str:
    """Why a login is refused, whether there is such a user or not."""
    if is_lesson_password(uid, password) and not request.app.config["lesson"]:
        return f"The password {LESSON_PASSWORD} and the user id is known to everyone, so it is not accepted here"
    return "Invalid user id or password"
