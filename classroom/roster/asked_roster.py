"""How a roster is read and what becomes of its people, as a form says it; what it leaves open is found."""

from collections.abc import Callable, Mapping
from typing import Any, BinaryIO

from classroom.roster.birthdays import DATE_ORDERS
from classroom.roster.headings import PART_LABELS
from classroom.roster.reading import columns_of_roster, read_roster
from classroom.roster.roster_wish import RosterWish
from classroom.slips.choice import groups_to_print
from models.group import Group
from models.membership import Membership
from models.shared.exchange.encodings import BadSheet
from models.shared.exchange.sheet import Sheet
from models.shared.row_checks import Invalid
from models.shared.values import accepted
from models.user import User
from routes.shared.access import member
from routes.shared.exchange.asked_import import FROM, SEEN, asked_form, chosen_fields, seen
from routes.shared.permissions import is_admin

ROSTER_SETTINGS = ("encoding", "delimiter", "header", SEEN, "order", "changes", "group", "new-group", "uids", "shown")
TYPED = "uid-"  # before the number of a line
LONGEST_LINE_NUMBER = 7  # digits


def asked_roster(file: BinaryIO, asked: Mapping[str, str]) -> tuple[Sheet, RosterWish]:
    """The file, read as somebody says, and what becomes of it. `Invalid` for what nobody can choose, BadSheet for what
    is no text."""
    sheet = read_roster(file, *asked_form(asked))
    order = asked.get("order", "")
    if order and order not in DATE_ORDERS:
        raise Invalid({"order": f"must be one of {', '.join(DATE_ORDERS)}"})
    columns, given = asked_columns(sheet, asked), given_uids(asked)
    return sheet, RosterWish(columns, order, given, "changes" in asked, asked_group(asked), whom_i_teach())


def whom_i_teach() -> Callable[[User], bool]:
    """Whether who is asking teaches somebody, or is an admin: found at once for all people of a roster."""
    if is_admin():
        return bool
    taught = {user_id for (user_id,) in Membership.pupils_of(member()).tuples()}
    return lambda user: user.id in taught


def asked_columns(sheet: Sheet, asked: Mapping[str, str]) -> dict[str, int]:
    """Those that were chosen for the file as it is read now, else those that are found."""
    if asked.get(SEEN) == seen(sheet.form):
        return {part: number for number, part in chosen_fields(sheet, PART_LABELS, asked).items()}
    try:
        return columns_of_roster(sheet)
    except BadSheet:
        return {}  # it is told with the roster


def asked_group(asked: Mapping[str, str]) -> Group | None:
    """The group that they come into: one that is there, or a new one of an admin; of a teacher always one of theirs."""
    groups = {str(group.id): group for group in groups_to_print()}
    name = asked.get("new-group", "").strip()
    if name and is_admin():
        return named_group(name)
    number = asked.get("group", "")
    if number in groups:
        return groups[number]
    if number:
        raise Invalid({"group": "must be one of yours"})
    return None if is_admin() else next(iter(groups.values()))


def named_group(name: str) -> Group:
    """The group of this name, which may be a new one: then it is in no table yet."""
    try:
        name = accepted(Group.name, name)
    except ValueError as error:
        raise Invalid({"new-group": str(error)}) from None
    return Group.get_or_none(Group.name == name) or Group(name=name)


def given_uids(asked: Mapping[str, str]) -> dict[int, str]:
    """The user ids that somebody has typed, by lines: before, and just now in place of those that were shown."""
    given, shown = pairs_in(asked.get("uids", "")), pairs_in(asked.get("shown", ""))
    typed = {name.removeprefix(TYPED): text.strip() for name, text in asked.items() if name.startswith(TYPED)}
    given |= {line: text for line, text in typed.items() if text != shown.get(line, "")}
    return {int(line): text for line, text in given.items() if is_line(line)}


def is_line(text: str) -> bool:
    """Whether it is the number of one."""
    return text.isascii() and text.isdigit() and len(text) <= LONGEST_LINE_NUMBER


def pairs_in(text: str) -> dict[str, str]:
    """Of `5:asmith 6:bjones`."""
    return {line: uid for line, _, uid in (pair.partition(":") for pair in text.split())}


def as_pairs(uids: Mapping[int, str]) -> str:
    """The same as one text. What is no user id cannot be in it, and is asked for again."""
    return " ".join(f"{line}:{uid}" for line, uid in uids.items() if not set(uid) & set(" \t\r\n"))


def asked_of_roster(sent: Mapping[str, Any]) -> dict[str, str]:
    """Of what was sent, all that says how."""
    return {
        name: text
        for name, text in sent.items()
        if isinstance(text, str) and (name in ROSTER_SETTINGS or name.startswith((FROM, TYPED)))
    }
