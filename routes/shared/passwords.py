"""Passwords that somebody sends are checked here. Each try is counted, so that nobody can guess for long."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from bottle import request

from models.attempt import Attempt
from models.known_browser import KnownBrowser
from models.shared.logins import typed_uid
from models.shared.passwords import LENGTHS, PasswordField, hashing_slot, is_password
from models.shared.row_checks import Invalid
from models.shared.text import check_characters
from models.shared.tokens import digest
from models.shared.values import accepted
from models.slip import WAS_FOR_ONCE, Slip
from models.user import User
from routes.shared.controls import Control
from routes.shared.cookie import known_token
from routes.shared.network import client_network

SECRETS = ("password", "old_password", "old", "new")  # names of what is nowhere kept as it was sent


def user_with_password(uid: Any, password: Any) -> User | None:
    """Who has this uid and password, or a slip with them. TooManyAttempts when there were too many tries.

    `Invalid` for the one-time password of a slip that is over.
    """
    uid, password = typed_uid(uid), possible_text(password)
    place = counted_at(uid)
    with counted_try(uid, place):  # one hash is compared in any case
        slip = Slip.of_uid(uid)
        user = slip.user_with(password) if slip else User.log_in(uid, password, lesson=request.app.config["lesson"])
    if user:
        Attempt.forget(uid, place)
        if user.slip and user.slip.is_over:
            raise Invalid({"password": WAS_FOR_ONCE})
    return user


def check_old_password(user: User, old: Any, field: str) -> None:
    """`Invalid` unless `old` is the password of `user`. Counted, as a stolen login must not guess it."""
    whose = f"#{user.id}"  # no uid, as that can be changed without a password
    with counted_try(whose, client_network()):
        is_right = is_password(user.password_hash, possible_text(old))
    if not is_right:
        raise Invalid({field: "is wrong"})
    Attempt.forget(whose, client_network())


def check_possible(password: Any, field: str) -> None:
    """`Invalid` for what nobody can have chosen as a password, whether it is needed or not."""
    try:
        accepted(PasswordField(null=True), password)
    except ValueError as error:
        raise Invalid({field: str(error)}) from None


@contextmanager
def counted_try(whose: str, place: str) -> Iterator[None]:
    """A place to hash, for a try that is counted."""
    with hashing_slot():  # before it is counted, as there may be none
        Attempt.begin(whose, place)
        yield


def counted_at(uid: str) -> str:
    """Where a try is counted: a browser that this user has used before is apart from all others of its network."""
    token = known_token()
    return f"browser {digest(token)}"[:64] if KnownBrowser.knows(token, uid) else client_network()


def possible_text(value: Any) -> str:
    """`value`, or nothing when nobody can have chosen it."""
    if not isinstance(value, str) or len(value) > LENGTHS[1]:
        return ""
    try:
        check_characters(value, lines=False)
    except ValueError:
        return ""
    return value


def old_password(name: str, label: str) -> Control:
    """Where a form asks for the password that somebody has."""
    return Control(name, label, "password", attributes={"required": "", "autocomplete": "current-password"})


def refuse_one_time(user: User, password: Any) -> None:
    """`Invalid` for what is on the slip that let `user` in: others have seen it."""
    with hashing_slot():
        slip = Slip.of_uid(user.uid)
        is_the_same = slip is not None and slip.user_with(possible_text(password)) is not None
    if is_the_same:
        raise Invalid({"password": "must be another one than on your slip"})
