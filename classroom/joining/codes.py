"""The code of a group: made for a while, known by whoever reads it from the board, and off by a click."""

from datetime import timedelta

from models.attempt import Attempt
from models.group import Group
from models.joining import Joining
from models.shared.database import database
from models.shared.fields import utc_now
from models.shared.row_checks import Invalid
from models.shared.spoken_passwords import as_spoken, new_spoken_password
from models.shared.tokens import digest
from models.user import User
from routes.shared.network import client_network

WORDS_OF_CODE = 3
LASTS = {"1": "an hour", "24": "a day", "168": "a week", "336": "two weeks"}  # hours
MOST_BY_CODE = 500
GUESSED = "#join"


def start_code(group: Group, hours: str, most: str) -> None:
    """A new code, in place of the one before. What came by that and was answered cannot be undone any more."""
    problems = {} if hours in LASTS else {"hours": "must be one of these"}
    if not (most.isascii() and most.isdecimal() and 1 <= int(most[:9]) <= MOST_BY_CODE):
        problems["most"] = f"must be a whole number from 1 to {MOST_BY_CODE}"
    if problems:
        raise Invalid(problems)
    code = new_spoken_password(WORDS_OF_CODE)
    with database.atomic():
        Joining.delete().where(Joining.group == group, Joining.answered.is_null(False)).execute()
        group.update(join_code=code, join_until=utc_now() + timedelta(hours=int(hours)), join_most=int(most))


def end_code(group: Group) -> None:
    """Nobody comes by it any more; who waits goes on waiting."""
    group.update(join_code=None, join_until=None)


def has_open_code(group: Group) -> bool:
    """Whether its code is good."""
    return bool(group.join_code and group.join_until and group.join_until > utc_now())


def group_of_code(code: str) -> Group | None:
    """The group that it is for, unless there is none or it is over. Guesses are counted, as those of passwords are.

    Each code by itself: a class behind one address is not kept out by one who guesses, and a right one clears no other.
    """
    typed, network = as_spoken(code)[:20], client_network()
    guessed = f"{GUESSED} {digest(typed)}"
    Attempt.begin(guessed, network)
    found = Group.get_or_none(Group.join_code == typed) if code else None
    if not found or not has_open_code(found):
        return None
    Attempt.forget(guessed, network)
    return found


def people_to_pick(group: Group) -> list[User]:
    """Those of a list of names only: they have no password yet, and nobody waits as one of them."""
    waiting = Joining.select(Joining.user).where(Joining.answered.is_null(), Joining.user.is_null(False))
    return list(group.pupils().where(User.password_hash.is_null(), User.id.not_in(waiting)))
