"""OneRoster 1.2 says in a second file, roles.csv, who is a pupil and who teaches."""

import csv
from io import BytesIO, StringIO

from classroom.roster.reading import read_roster
from models.shared.exchange.sheet import Sheet
from models.shared.row_checks import Invalid

PERSON, ROLE, KIND, STATUS = "userSourcedId", "role", "roleType", "status"
WITHOUT_ROLE = "none"


def add_roles(content: bytes, roles: bytes) -> bytes:
    """The people's file with the roles of the second one. `Invalid` for another file, BadSheet for what is no text."""
    people, said = read_roster(BytesIO(content)), read_roster(BytesIO(roles))
    if not is_roles_file(said) or "sourcedId" not in people.headings or people.form.is_json:
        raise Invalid({"roles": "must be the roles.csv that came with this users.csv of OneRoster"})
    return with_roles(people, roles_in(said))


def is_roles_file(sheet: Sheet) -> bool:
    """Whether it has the roles of people who are in another file."""
    return {PERSON, ROLE}.issubset(sheet.headings)


def needs_roles(sheet: Sheet) -> bool:
    """Whether it is a users.csv that says no role of anybody."""
    return {"userMasterIdentifier", "sourcedId"}.issubset(sheet.headings) and ROLE not in sheet.headings


def roles_in(sheet: Sheet) -> dict[str, str]:
    """The role of each person, by the id that they have in both files: the primary one, where it says so."""
    found: dict[str, str] = {}
    for row in sheet.rows():
        said = dict(zip(sheet.headings, map(str, row.cells), strict=False))
        if said.get(STATUS) != "tobedeleted" and (said.get(KIND) == "primary" or said[PERSON] not in found):
            found[said[PERSON]] = said[ROLE]
    return found


def with_roles(people: Sheet, roles: dict[str, str]) -> bytes:
    """The people's file once more, in UTF-8, with the role as a last column. Every row stays in its line."""
    text = StringIO()
    writer = csv.writer(text, delimiter=people.form.delimiter, lineterminator="\n")
    place = people.headings.index("sourcedId")
    for number, cells in people.records():
        if number <= people.form.header or not any(map(str.strip, cells)):
            writer.writerow([*cells, ROLE] if number == people.form.header else cells or [""])
        else:
            writer.writerow([*cells, roles.get(cells[place], WITHOUT_ROLE) if place < len(cells) else WITHOUT_ROLE])
    return text.getvalue().encode()
