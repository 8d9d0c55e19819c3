"""A whole roster, looked at: who is new, who is there, who is left out, and every problem with its line."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import islice

from classroom.roster.birthdays import DATE_ORDERS, order_of
from classroom.roster.headings import WHO
from classroom.roster.people import Person, read_person, typed_as_uid
from classroom.roster.roster_wish import RosterWish
from classroom.roster.settling import Settling, note_lost_zeros
from models.shared.exchange.encodings import BadSheet
from models.shared.exchange.sheet import Sheet, SheetLine

MOST_PEOPLE = 20_000
NAMES_SHOWN = 3


@dataclass
class Roster:
    """What was found. `problems` are those of the whole file, with their lines: with one of them nothing comes in."""

    sheet: Sheet
    wish: RosterWish
    people: list[Person] = field(default_factory=list)
    problems: list[tuple[int, str]] = field(default_factory=list)

    @property
    def new(self) -> list[Person]:
        """Those who are added."""
        return [person for person in self.people if person.is_new]

    @property
    def there(self) -> list[Person]:
        """Those who are there already."""
        return [person for person in self.people if person.is_right and person.user]

    @property
    def left_out(self) -> list[tuple[int, str]]:
        """Lines that are nobody new, and why."""
        return [(person.line, person.why_not) for person in self.people if person.why_not and not person.problems]

    @property
    def wrong(self) -> list[Person]:
        """Those with a problem."""
        return [person for person in self.people if person.problems]

    @property
    def all_problems(self) -> list[tuple[int, str]]:
        """Each with its line."""
        return self.problems + [(person.line, each) for person in self.wrong for each in person.problems]

    @property
    def telling_names(self) -> list[str]:
        """Some that are written right only in the right encoding."""
        names = [person.name for person in self.people if not person.name.isascii() and not person.why_not]
        return names[:NAMES_SHOWN]

    @property
    def mark(self) -> str:
        """Another one as soon as something else would become of somebody. Their group stands in the form."""
        told = [
            (each.line, each.name, each.uid, str(each.born), sorted(each.changes.items()), each.becomes)
            for each in self.people
        ]
        return sha256(repr((told, self.problems)).encode()).hexdigest()


def look_at_roster(sheet: Sheet, wish: RosterWish) -> Roster:
    """All of it. Nothing is written."""
    roster = Roster(sheet, wish)
    try:
        if not set(WHO).intersection(wish.columns):
            raise BadSheet(no_columns(sheet.headings), sheet.form.header)
        rows = list(islice(sheet.rows(), MOST_PEOPLE + 1))
        if len(rows) > MOST_PEOPLE:
            raise BadSheet(f"is one too many: at most {MOST_PEOPLE:,} people are read at once", rows[-1].number)
    except BadSheet as error:
        roster.problems.append((error.line, str(error)))
        return roster
    order = dates_order(roster, rows)
    roster.people = [read_person(row, wish.columns, sheet.headings, order) for row in rows]
    for person in roster.people:
        give_uid(person, wish.given)
    Settling(roster.people, wish).settle()
    note_lost_zeros(roster.people)
    if not any(person.is_right or person.problems for person in roster.people) and not roster.problems:
        roster.problems.append((0, "There is nobody in it"))
    return roster


def no_columns(headings: Iterable[str]) -> str:
    """What is missing in a file of something else."""
    if "userSourcedId" in headings:
        return "This is roles.csv of OneRoster, which has no names: send users.csv, and this one beside it"
    return "No column is called like a name, a login or an e-mail: say which one has them"


def dates_order(roster: Roster, rows: list[SheetLine]) -> str:
    """The order of the dates, told as a problem while it is open."""
    wish = roster.wish
    number = wish.columns.get("born")
    texts = [] if number is None else [str(row.cells[number]).strip() for row in rows]
    found = order_of(texts, wish.order if wish.order in DATE_ORDERS else "")
    if found.example:
        words = f"“{found.example}” could be two days: say in which order the dates are written"
        roster.problems.append((roster.sheet.form.header, words))
    return found.order or "dmy"


def give_uid(person: Person, given: Mapping[int, str]) -> None:
    """What a teacher has typed, in place of what was made."""
    if person.line not in given or person.why_not:
        return
    person.uid, person.source = given[person.line], "given"
    try:
        person.uid = typed_as_uid(person.uid)
    except ValueError as error:
        person.problems.append(f"User id {error}")


def counted_words(roster: Roster) -> str:
    """As in: 27 new, 2 there."""
    changed = sum(bool(person.changes) for person in roster.there)
    parts: list[tuple[int, str]] = [(len(roster.new), "new"), (changed, "to be changed")]
    parts += [(len(roster.there) - changed, "there already"), (len(roster.left_out), "left out")]
    told = [f"{count:,} {words}" for count, words in parts if count]
    return ", ".join(told) or "Nobody"
