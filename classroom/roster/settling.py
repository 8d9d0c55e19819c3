"""Each person of a roster gets a user id of their own, or is found to be somebody who is there."""

from typing import Any

from classroom.roster.accounts import Accounts
from classroom.roster.made_uids import may_have_lost_zeros, numbered_uids, without_zeros
from classroom.roster.people import Person, check_person, known_by
from classroom.roster.person_names import is_same_name, shares_a_word
from classroom.roster.roster_wish import RosterWish
from models.user import User

MOST_ZEROS = 6  # that a spreadsheet may have taken away


class Settling:
    """Each person of a roster gets a user id of their own, or is found to be somebody who is there."""

    def __init__(self, people: list[Person], wish: RosterWish) -> None:
        self.people, self.wish = people, wish
        self.accounts = Accounts(wish.group)
        self.keys: dict[tuple[str, str], Person] = {}
        self.names: dict[str, Person] = {}
        self.uids: dict[str, Person] = {}

    def settle(self) -> None:
        """All of them, in the order of the file; what somebody has given goes first."""
        self.accounts.fetch(uid for person in self.people if person.is_right for uid in possible_uids(person))
        for person in sorted(self.people, key=lambda person: person.source != "given"):
            if person.is_right and not self.is_twice(person):
                self.settle_one(person)

    def is_twice(self, person: Person) -> bool:
        """Whether another line is about the same person, or claims to be."""
        for key in known_by(person):
            first = self.keys.setdefault(key, person)
            if first is person or person.source == "given":
                continue
            if is_same_name(first.name, person.name):
                person.why_not = f"is the same person as in line {first.line}"
            else:
                person.problems.append(f"has the {key[0]} of line {first.line}, and another name: “{key[1][:60]}”")
            return True
        return False

    def settle_one(self, person: Person) -> None:
        """Somebody who is in the file once."""
        if not person.uid:
            person.problems.append("User id is required: none can be made from this name")
            return
        by_name = person.source == "name"
        self.note_namesake(person)
        person.uid, person.user = self.found_by_name(person) if by_name else self.found_by_key(person)
        if not person.is_right:
            return
        self.uids[person.uid] = person
        if person.user and self.wish.group and person.user.id not in self.accounts.members:
            self.check_taking_in(person, person.user)
        if not person.user or self.wish.changes:
            person.problems += check_person(person)
        if person.user and self.wish.changes:
            person.changes = said_otherwise(person, person.user)

    def note_namesake(self, person: Person) -> None:
        """Two people may have one name."""
        first = self.names.setdefault(person.name.casefold(), person)
        if first is not person:
            person.notes.append(f"has the same name as line {first.line}")

    def found_by_key(self, person: Person) -> tuple[str, User | None]:
        """By a login, an e-mail, a number, or what a teacher has typed: who has this user id is this person."""
        for uid in numbered_uids(person.uid):
            if uid in self.uids:
                if person.source == "given":
                    person.problems.append(f"User id is that of line {self.uids[uid].line}")
                    return uid, None
                continue
            user = self.accounts.get(uid) or self.with_zeros(person, uid)
            if user and uid != person.uid and not shares_a_word(user.name, person.name):
                continue
            if user:
                self.check_account(person, user)
            return user.uid if user else uid, user
        raise AssertionError

    def with_zeros(self, person: Person, uid: str) -> User | None:
        """Who has the same number with the zeros that a spreadsheet takes away, or without."""
        for possible in zero_forms(uid):
            user = self.accounts.get(possible)
            if user and shares_a_word(user.name, person.name):
                person.notes.append(f"is there as {possible}: the same number, but for its zeros")
                return user
        return None

    def check_account(self, person: Person, user: User) -> None:
        """Somebody who is there may be no pupil, or called otherwise."""
        apart = self.accounts.why_apart(user)
        if apart and is_same_name(user.name, person.name):
            person.why_not = f"is {apart} here, {user.uid}"
        elif apart:
            person.problems.append(f"User id {user.uid} is that of {apart}: give another one")
        elif not shares_a_word(user.name, person.name) and not person.is_nameless:
            person.notes.append(f"is there with another name: {user.name}")

    def check_taking_in(self, person: Person, user: User) -> None:
        """Whoever takes somebody into a group may give them a new password from then on."""
        if not self.wish.may_take_in(user):
            person.why_not = f"is there as {user.uid}, and no pupil of yours: an admin can put them into the group"

    def found_by_name(self, person: Person) -> tuple[str, User | None]:
        """By the name: it is the same person only where nobody can be mistaken for them."""
        for uid in numbered_uids(person.uid):
            if uid in self.uids:
                continue
            user = self.accounts.get(uid)
            if not user:
                return uid, None
            if is_same_name(user.name, person.name) and not self.accounts.why_apart(user):
                if not self.wish.group or user.id in self.accounts.members:
                    return uid, user
                person.notes.append(f"somebody called so is there as {uid}: write that user id to take them")
        raise AssertionError


def possible_uids(person: Person) -> list[str]:
    """Those by which they may be there."""
    return [next(numbered_uids(person.uid)), *(zero_forms(person.uid) if person.source != "name" else [])]


def zero_forms(uid: str) -> list[str]:
    """The same number with other zeros at its beginning."""
    if not (uid.isascii() and uid.isdigit()):
        return []
    bare = without_zeros(uid)
    return [form for form in (f"{'0' * zeros}{bare}" for zeros in range(MOST_ZEROS + 1)) if form != uid]


def note_lost_zeros(people: list[Person]) -> None:
    """Say which numbers are shorter than the others."""
    numbers = [person.uid for person in people if person.is_new and person.source in ("login", "number")]
    short = may_have_lost_zeros(numbers)
    for person in people:
        if person.is_new and person.uid in short:
            person.notes.append("has a shorter number than the others: zeros at its beginning may be lost")


def said_otherwise(person: Person, user: User) -> dict[str, Any]:
    """What the roster says otherwise; what it does not say stays."""
    says = {"dob": person.born, "name": None if person.is_nameless else person.name}
    return {name: value for name, value in says.items() if value and value != getattr(user, name)}
