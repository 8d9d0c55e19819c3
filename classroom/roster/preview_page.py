"""What would become of a roster: each person, each problem with its line, and how it was read."""

from bottle import response

from classroom.roster.arriving import MOST_PASSWORDS
from classroom.roster.asked_roster import TYPED, as_pairs
from classroom.roster.birthdays import DATE_ORDERS
from classroom.roster.headings import PART_LABELS
from classroom.roster.people import Person
from classroom.roster.roles_file import needs_roles
from classroom.roster.roster import Roster, counted_words
from classroom.slips.choice import groups_to_print
from routes.shared.exchange.asked_import import SEEN, seen
from routes.shared.exchange.import_page import about_reading
from routes.shared.page import page
from routes.shared.permissions import is_admin

MOST_TYPED_UIDS = 60  # that can be corrected on one page, as a form has at most 100 fields
MOST_PEOPLE_SHOWN = 500
MOST_LEFT_OUT_SHOWN = 500


def roster_page(key: str, roster: Roster, notice: str = "") -> str:
    """All of it."""
    response.set_header("Cache-Control", "no-store")
    sheet, wish = roster.sheet, roster.wish
    shown = most_telling(roster)
    typed = shown[:MOST_TYPED_UIDS]
    return page(
        "classroom/roster/preview",
        **about_reading(sheet),
        key=key,
        alarm=notice,
        roster=roster,
        people=sorted(shown[:MOST_PEOPLE_SHOWN], key=lambda person: person.line),
        more_people=max(0, len(shown) - MOST_PEOPLE_SHOWN),
        left_out=roster.left_out[:MOST_LEFT_OUT_SHOWN],
        problems=roster.all_problems[:MOST_LEFT_OUT_SHOWN],
        typed={person.line: f"{TYPED}{person.line}" for person in typed},
        shown=as_pairs({person.line: person.uid for person in typed}),
        given=as_pairs(wish.given),
        seen_name=SEEN,
        seen=seen(sheet.form),
        has_passwords=len(roster.new) <= MOST_PASSWORDS,
        groups=groups_to_print(),
        is_admin=is_admin(),
        orders=DATE_ORDERS,
        choices=list(PART_LABELS.items()),
        columns=wish.columns,
        lacks_roles=bool(roster.people) and needs_roles(sheet),
        words=counted_words(roster),
        values={},
    )


def most_telling(roster: Roster) -> list[Person]:
    """Those of whom something may become: first who has a problem, then of whom something is to be said."""
    people = [person for person in roster.people if not person.why_not]
    return sorted(people, key=lambda person: (not person.problems, not person.notes, person.line))
