"""Which columns of a school's file say who somebody is: known by what they are called, never by their place."""

import re
from collections.abc import Collection, Sequence

from models.shared.exchange.delimiters import compared_name

# What a roster may say of a person, and what its columns are called: of several, the first one here is taken.
ALIASES = {
    "name": (
        "name, full name, student name, students name, pupil name, name of student, display name, sortable name, "
        "student, students, pupil, learner, learner name, participant, student full name, student name last first, "
        "last name first name, vor und nachname, nachname vorname, schüler, schülername, schülerin, nombre completo, "
        "nombre y apellidos, apellidos y nombre, alumno, nom complet, nom et prénom, élève, nome completo, naam"
    ),
    "first": (
        "first name, given name, forename, firstname, student first name, legal first name, first, given names, "
        "vorname, vornamen, rufname, nombre, nombres, prénom, nome, voornaam"
    ),
    "last": (
        "last name, family name, surname, lastname, student last name, legal last name, last, nachname, familienname, "
        "zuname, apellidos, apellido, nom, nom de famille, cognome, achternaam"
    ),
    "preferred": "preferred given name, preferred first name, preferred name, known as, goes by, nickname, chosen name",
    "preferred_last": "preferred family name, preferred last name, preferred surname",
    "login": (
        "user id, username, login, user name, login id, sis login id, login name, uid, user, account, "
        "student username, network id, net id, github username, benutzername, benutzerkennung, kennung, anmeldename, "
        "nombre de usuario, usuario, identifiant, nom d'utilisateur, gebruikersnaam"
    ),
    "email": (
        "email, email address, e mail, mail, student email, student email address, school email, primary email, "
        "secondary email, e mail adresse, mailadresse, correo, correo electrónico, courriel, adresse e mail"
    ),
    "number": (
        "student number, student id, student no, pupil number, sis id, sis user id, id number, local id, school id, "
        "state id, school sis id, schülernummer, matrikelnummer, número de estudiante, numéro d'élève"
    ),
    "identifier": "identifier",  # a number, an e-mail or a name
    "born": (
        "date of birth, dob, birthdate, birth date, birthday, student birthdate, born, geburtsdatum, geburtstag, "
        "geboren, geboren am, fecha de nacimiento, date de naissance, data di nascita, geboortedatum"
    ),
    "role": "role, roles, user type, role name, rolle, rol, rôle",
    "status": "status, enrollment status, enrolment status, user status",
    "enabled": "enabled user, enabled, active, is active",
}
PART_LABELS = {
    "name": "Full name",
    "first": "First name",
    "last": "Last name",
    "preferred": "Preferred first name",
    "preferred_last": "Preferred last name",
    "login": "User id or login",
    "email": "E-mail",
    "number": "Student number",
    "identifier": "Identifier",
    "born": "Date of birth",
    "role": "Role",
    "status": "Status",
    "enabled": "Whether they are active",
}
WHO = ("name", "first", "last", "preferred", "preferred_last", "login", "email", "number", "identifier")
LIKE_A_NAME = re.compile(r"[^\d@;|=<>~_\t]*\w[^\d@;|=<>~_\t]*")
IN_BRACKETS = re.compile(r"[(\[].*?[)\]]")
RANKS = {
    compared_name(alias): (part, rank)
    for part, aliases in ALIASES.items()
    for rank, alias in enumerate(aliases.split(", "))
}
KNOWN_HEADINGS = frozenset(RANKS)


def known_part(heading: str) -> tuple[str, int] | None:
    """What a column that is called so says of a person, and how well it does; None for all others."""
    return RANKS.get(compared_name(heading)) or RANKS.get(compared_name(IN_BRACKETS.sub("", heading)))


def found_columns(headings: Collection[str]) -> dict[str, int]:
    """The numbers of the columns by what they say of a person."""
    found: dict[str, tuple[int, int]] = {}
    for number, heading in enumerate(headings):
        if known := known_part(heading):
            part, rank = known
            found[part] = min(found.get(part, (rank, number)), (rank, number))
    return {part: number for part, (_, number) in found.items()}


def columns_without_headings(first_rows: Collection[Sequence[str]]) -> dict[str, int]:
    """The same where nothing is a heading: a list of names, each in one cell, or written as in `Smith, Avery`."""
    widths = {len(cells) for cells in first_rows}
    are_names = all(LIKE_A_NAME.fullmatch(cell) for cells in first_rows for cell in cells)
    if are_names and widths == {1}:
        return {"name": 0}
    is_last_first = are_names and widths == {2} and all(cells[1].startswith(" ") for cells in first_rows)
    return {"last": 0, "first": 1} if is_last_first else {}
