"""How a file is read and what becomes of its rows, as an address or a form says it; what they leave open is found."""

from collections.abc import Iterable, Mapping
from typing import Any, BinaryIO

from models.shared.exchange.columns import match_columns, names_of_fields, unique_names
from models.shared.exchange.delimiters import DELIMITERS
from models.shared.exchange.encodings import ENCODINGS
from models.shared.exchange.sheet import Sheet, SheetForm, read_sheet
from models.shared.exchange.wishes import Rights, Wish
from models.shared.row_checks import Invalid

SEEN, FROM = "seen", "from-"  # the form as the page showed it; before the name of a field, the number of its column
LAST_LINE = 10_000  # in which headings may be


def asked_sheet(file: BinaryIO, rights: Rights, asked: Mapping[str, str]) -> Sheet:
    """The file, read as somebody says. `Invalid` for what nobody can choose, BadSheet for what is no text."""
    return read_sheet(file, names_of_fields(rights.model, rights.fields), *asked_form(asked))


def asked_form(asked: Mapping[str, str]) -> tuple[str, str, int | None]:
    """The encoding, the delimiter and the line of the headings. `Invalid` for what nobody can choose."""
    encoding, delimiter, header = (asked.get(name, "") for name in ("encoding", "delimiter", "header"))
    problems = {}
    if encoding and encoding not in ENCODINGS:
        problems["encoding"] = f"must be one of {', '.join(ENCODINGS)}"
    if delimiter and delimiter not in DELIMITERS:
        problems["delimiter"] = "must be one of those that can be chosen"
    is_number = header.isascii() and header.isdigit() and len(header) < 6 and int(header) <= LAST_LINE
    if header and not is_number:
        problems["header"] = f"must be a whole number from 0 to {LAST_LINE:,}"
    if problems:
        raise Invalid(problems)
    return encoding, delimiter, int(header) if header else None


def asked_wish(sheet: Sheet, rights: Rights, asked: Mapping[str, str]) -> Wish:
    """What becomes of the rows. Columns that were chosen when the file was read in another way are found again."""
    is_chosen = asked.get(SEEN) == seen(sheet.form)
    fields = chosen_fields(sheet, rights.fields, asked) if is_chosen else found_fields(sheet, rights)
    if not asked.get(SEEN):
        matches = [name for name in unique_names(rights.model) if name in fields.values()]
        return Wish(fields, matches[0] if matches else "")
    match = asked.get("match", "")
    if match and match not in rights.fields:
        raise Invalid({"match": "is no field by which a row can be known"})
    return Wish(fields, match if match in unique_names(rights.model) else "", "adds" in asked, "changes" in asked)


def seen(form: SheetForm) -> str:
    """How a file was read, for a page to say what its choices are about."""
    return f"{form.encoding} {ord(form.delimiter) if form.delimiter else 0} {form.header}"


def chosen_fields(sheet: Sheet, names: Iterable[str], asked: Mapping[str, str]) -> dict[int, str]:
    """The fields by the numbers of their columns."""
    found: dict[int, str] = {}
    for name in names:
        text = asked.get(FROM + name, "")
        if text and not (text.isascii() and text.isdigit() and len(text) < 4 and int(text) < len(sheet.headings)):
            raise Invalid({name: "must be one of the columns"})
        if text and int(text) in found:
            raise Invalid({name: f"cannot be the same column as the {found[int(text)]}"})
        if text:
            found[int(text)] = name
    return found


def found_fields(sheet: Sheet, rights: Rights) -> dict[int, str]:
    """The same by the headings. Of twins, somebody must choose."""
    return {numbers[0]: name for name, numbers in columns_called(sheet, rights).items() if len(numbers) == 1}


def twin_headings(sheet: Sheet, rights: Rights) -> dict[str, list[int]]:
    """The fields that several columns are called like, with the numbers of these."""
    return {name: numbers for name, numbers in columns_called(sheet, rights).items() if len(numbers) > 1}


def columns_called(sheet: Sheet, rights: Rights) -> dict[str, list[int]]:
    """The numbers of the columns that are called like a field."""
    known = names_of_fields(rights.model, rights.fields)
    called: dict[str, list[int]] = {}
    for number, name in match_columns(sheet.headings, known, has_id="id" in rights.fields).items():
        called.setdefault(name, []).append(number)
    return called


def choices_in(asked: Mapping[str, Any]) -> dict[str, str]:
    """Of what was sent, all that says how."""
    names = ("encoding", "delimiter", "header", SEEN, "match", "adds", "changes")
    return {name: text for name, text in asked.items() if name in names or name.startswith(FROM)}
