"""The people of a roster come in: their accounts, their one-time passwords and their group, all or nothing."""

from collections.abc import Callable, Sequence

from classroom.roster.people import Person
from classroom.roster.roster import Roster
from models.group import Group
from models.shared.database import database
from models.shared.exchange.storing import require_admin
from models.shared.row_checks import Invalid
from models.slip import NewSlip, Slip
from models.user import User

MOST_PASSWORDS = 100  # that are made while somebody waits for a page: ten seconds, or thirty on a busy machine


def new_slips(roster: Roster, most: int | None = None, tell: Callable[[int], object] = int) -> list[NewSlip]:
    """One for each new person, before the transaction begins: each hash takes 0.1 s, and others come in between.

    None where there are more people than `most`.
    """
    people = roster.new
    if most is not None and len(people) > most:
        return []
    slips: list[NewSlip] = []
    for _ in people:
        slips += Slip.made(1)
        tell(1)
    return slips


def let_arrive(roster: Roster, slips: Sequence[NewSlip], admin: User | None = None) -> list[tuple[User, str, str]]:
    """Write it all in one transaction: the new ones, each with the one-time password and the token of the link.

    `Invalid` when somebody has been quicker with a user id; then nothing is written. Busy when the
    `admin` by whose role it is done is none any more.
    """
    new = roster.new
    with database.atomic():
        require_admin(admin)
        users = [add_person(person) for person in new]
        for person in roster.there:
            change_person(person)
        join(roster.wish.group, [*users, *(person.user for person in roster.there if person.user)])
        if slips:
            Slip.hand_out(users, slips)
    if not slips:
        return [(user, "", "") for user in users]
    return [(user, slip.password, slip.link) for user, slip in zip(users, slips, strict=True)]


def add_person(person: Person) -> User:
    """Somebody new. They get their password by a slip."""
    try:
        return User.create(name=person.name, uid=person.uid, dob=person.born)
    except Invalid as error:
        raise Invalid({f"line {person.line}": str(error)}) from None


def change_person(person: Person) -> None:
    """Somebody who is there, where the roster says otherwise."""
    if person.user and person.changes:
        person.user.update(**person.changes)


def join(group: Group | None, users: Sequence[User]) -> None:
    """All of them are members of the group, which may be a new one."""
    if group and not group.id:
        group.create()
    if group:
        for user in users:
            group.add(user)
