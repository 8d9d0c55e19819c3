"""`python -m models roster`: a class comes in from a school's file, with one-time passwords."""

import json
import sys
from argparse import Namespace
from io import BytesIO
from pathlib import Path

from classroom.roster.arriving import let_arrive, new_slips
from classroom.roster.people import Person
from classroom.roster.reading import columns_of_roster, read_roster
from classroom.roster.roles_file import add_roles
from classroom.roster.roster import Roster, counted_words, look_at_roster
from classroom.roster.roster_wish import RosterWish
from models.group import Group
from models.shared.exchange.delimiters import DELIMITERS
from models.shared.exchange.encodings import ENCODINGS, BadSheet
from models.shared.row_checks import Invalid
from models.shared.start_errors import Unusable
from models.user import User
from seed.question import is_agreed

Arrivals = list[tuple[User, str, str]]
LinesWithWords = list[tuple[int, str]]


def run(options: Namespace) -> None:
    roster = found_roster(options)
    if not options.json:
        tell_roster(roster)
    if roster.problems:
        end_unchanged(roster, options, f"Nothing was changed: {problem_lines(roster.problems)}")
    given: Arrivals = []
    if roster.new or roster.there:
        if not options.yes and not agrees(roster):
            end_unchanged(roster, options, "Nothing was changed. To be asked nothing: --yes")
        given = bring_in_with_bar(roster)
    if options.json:
        print(json_of_roster(roster, given))
    else:
        tell_passwords(given)


def found_roster(options: Namespace) -> Roster:
    try:
        content = bytes_of_file(options.file)
        if options.roles:
            content = add_roles(content, bytes_of_file(options.roles))
        sheet = read_roster(BytesIO(content))
        wish = RosterWish(
            columns_of_roster(sheet), options.dates, changes=options.update, group=group_to_fill(options.group)
        )
    except BadSheet as error:
        if options.json:
            print(as_json([], [], [], [(error.line, str(error))]))
        raise SystemExit(f"Nothing was changed: {f'line {error.line:,} ' if error.line else ''}{error}") from None
    return look_at_roster(sheet, wish)


def bytes_of_file(name: str) -> bytes:
    try:
        return Path(name).read_bytes()
    except OSError as error:
        raise Unusable(f"{name} cannot be read: {error.strerror}") from None


def group_to_fill(name: str) -> Group | None:
    """One that is there, or a new one, which is in no table yet."""
    return (Group.get_or_none(Group.name == name) or Group(name=name)) if name else None


def bring_in_with_bar(roster: Roster) -> Arrivals:
    from tqdm import tqdm

    with tqdm(total=len(roster.new), unit=" people", desc="Passwords", disable=None) as bar:
        slips = new_slips(roster, tell=bar.update)
    try:
        return let_arrive(roster, slips)
    except Invalid as error:
        raise SystemExit(f"Nothing was changed: {error}") from None


def agrees(roster: Roster) -> bool:
    wrong = len(roster.wrong)
    skipped = f", and leave out {wrong:,} with a problem" if wrong else ""
    print(
        f"Bring in {len(roster.new) + len(roster.there):,} people{skipped}? [y/N] ", end="", file=sys.stderr, flush=True
    )
    return is_agreed("")


def tell_roster(roster: Roster) -> None:
    """How it was read, who is in it, and every problem."""
    form, group = roster.sheet.form, roster.wish.group
    how = "JSON" if form.is_json else f"{DELIMITERS.get(form.delimiter, form.delimiter).lower()} between cells"
    names = f", as in {', '.join(roster.telling_names)}" if roster.telling_names else ""
    print(f"Read as {ENCODINGS[form.encoding]}{names}; {how}.")
    for person in roster.people:
        if person.is_right:
            print(f"line {person.line}: {person.name}, {person.uid}, {'; '.join([person.becomes, *person.notes])}")
    for line, why in roster.left_out:
        print(f"line {line} {why}: left out")
    for line, problem in roster.all_problems:
        print(f"{f'line {line}: ' if line else ''}{problem}", file=sys.stderr)
    where = f", into the {'group' if group.id else 'new group'} {group.name}" if group else ""
    print(f"{counted_words(roster)}{where}.")


def problem_lines(problems: list[tuple[int, str]]) -> str:
    return "; ".join(f"line {line}: {problem}" if line else problem for line, problem in problems)


def end_unchanged(roster: Roster, options: Namespace, words: str) -> None:
    """Exit 1, also for a program, which gets what was found."""
    if options.json:
        print(json_of_roster(roster, []))
    raise SystemExit(words)


def tell_passwords(given: Arrivals) -> None:
    for user, password, _ in given:
        print(f"{user.name}\t{user.uid}\t{password}")
    if given:
        print("These one-time passwords are shown now and never again.", file=sys.stderr)


def json_of_roster(roster: Roster, given: Arrivals) -> str:
    return as_json(given, roster.there, roster.left_out, roster.all_problems)


def as_json(given: Arrivals, there: list[Person], left_out: LinesWithWords, problems: LinesWithWords) -> str:
    told = {
        "added": [{"name": user.name, "uid": user.uid, "password": password} for user, password, _ in given],
        "there": [who_is(person) for person in there],
        "left_out": [{"line": line, "why": why} for line, why in left_out],
        "problems": [{"line": line, "problem": problem} for line, problem in problems],
    }
    return json.dumps(told, ensure_ascii=False)


def who_is(person: Person) -> dict[str, str]:
    return {"name": person.name, "uid": person.uid}
