"""A row of a roster as a person: their name, their date of birth, and what they are known by."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from classroom.roster.birthdays import date_in
from classroom.roster.headings import PART_LABELS
from classroom.roster.made_uids import uid_from_login, uid_from_name, without_zeros
from classroom.roster.nobodies import why_nobody
from classroom.roster.person_names import FormulaFound, given_and_family, plain_cell, written_name
from models.shared.exchange.row_problems import cell_shown
from models.shared.exchange.sheet import NOT_GIVEN, SheetLine
from models.shared.values import accepted
from models.user import User

FIELD_LABELS = {"name": "Name", "uid": "User id", "dob": PART_LABELS["born"]}


@dataclass
class Person:
    """Somebody in `line` of a roster. `uid` is what they will have, made from its `source`: one of `parts`, or `given`.

    `user` is who is there already, with the `changes` that the roster would make. With `why_not` they are left out.
    """

    line: int
    parts: dict[str, str] = field(default_factory=dict)
    name: str = ""
    is_nameless: bool = False
    uid: str = ""
    source: str = ""
    born: date | None = None
    user: User | None = None
    changes: dict[str, Any] = field(default_factory=dict)
    why_not: str = ""
    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def is_right(self) -> bool:
        """Whether something becomes of them."""
        return not (self.problems or self.why_not)

    @property
    def is_new(self) -> bool:
        """Whether they are added."""
        return self.is_right and not self.user

    @property
    def becomes(self) -> str:
        """What, in a word."""
        if not self.is_right:
            return "left out"
        return "new" if not self.user else "changed" if self.changes else "there"


def read_person(row: SheetLine, columns: Mapping[str, int], headings: list[str], order: str) -> Person:
    """The person in a row, with all that is wrong with it; `order` is that of the dates."""
    person = Person(row.number)
    if row.problem:
        person.problems.append(row.problem)
    person.parts = parts_in(row, columns, person.problems)
    first, last = given_and_family(person.parts)
    person.name = written_name(first, last)
    if not person.problems:
        person.why_not = why_nobody(person.parts, person.name, [cell_shown(each) for each in row.cells], headings)
    if not person.is_right:
        return person
    if person.parts.get("born"):
        try:
            person.born = date_in(person.parts["born"], order)
        except ValueError as error:
            person.problems.append(f"{PART_LABELS['born']} {error}: “{cell_shown(person.parts['born'])}”")
    person.uid, person.source = made_uid(person.parts, first, last)
    if not person.name and person.uid:
        person.name, person.is_nameless = person.uid, True
        person.notes.append("has no name there, and is called like the user id for now")
    return person


def parts_in(row: SheetLine, columns: Mapping[str, int], problems: list[str]) -> dict[str, str]:
    """What the columns say, without what is empty."""
    parts = {}
    for part, number in columns.items():
        cell = row.cells[number]
        text = "" if cell is NOT_GIVEN or cell is None else str(cell)
        try:
            parts[part] = plain_cell(text)
        except FormulaFound as error:
            problems.append(f"{PART_LABELS[part]} {error}: “{cell_shown(text)}”")
    if "@" in parts.get("identifier", ""):
        parts.setdefault("email", parts["identifier"])
    return {part: text for part, text in parts.items() if text}


def made_uid(parts: Mapping[str, str], first: str, last: str) -> tuple[str, str]:
    """The user id that goes with the roster, and what of it that was made from; nothing where it must be asked for."""
    for part in ("login", "email", "number"):
        if uid := uid_from_login(parts.get(part, "")):
            return uid, part
    return uid_from_name(first, last), "name"


def known_by(person: Person) -> list[tuple[str, str]]:
    """What nobody else has: without a login, an e-mail and a number, it is the name with the day of birth."""
    keys: list[tuple[str, str]] = [
        (part, person.parts[part].casefold()) for part in ("login", "email") if part in person.parts
    ]
    if "number" in person.parts:
        keys.append(("number", without_zeros(person.parts["number"])))
    if not keys and person.born:
        keys.append(("birthday", f"{person.born} {sorted(person.name.casefold().split())}"))
    return keys


def check_person(person: Person) -> Iterator[str]:
    """What the rules of a user say against them, whoever else is there. The name gets the form in which it is kept."""
    user = User(name=person.name, uid=person.uid, dob=person.born)
    for name, label in FIELD_LABELS.items():
        try:
            setattr(user, name, accepted(User._meta.fields[name], getattr(user, name)))
        except ValueError as error:
            yield f"{label} {error}"
            setattr(user, name, None)
    yield from (f"{FIELD_LABELS[name]} {message}" for name, message in user.problems())
    person.name = user.name or person.name


def typed_as_uid(text: str) -> str:
    """What a teacher has typed as a user id. ValueError with a message."""
    uid: str = accepted(User.uid, text)
    return uid
