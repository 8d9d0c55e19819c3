"""A file that comes in: it waits, somebody sees what would become of it and agrees, and then all of it is written."""

from collections.abc import Mapping
from contextlib import closing
from io import BytesIO
from tempfile import SpooledTemporaryFile
from typing import Any

from bottle import HTTPError, HTTPResponse, response
from peewee import DoesNotExist, IntegrityError

from models.shared.exchange.encodings import BadSheet
from models.shared.exchange.incoming import Incoming
from models.shared.exchange.row_problems import RowProblem
from models.shared.exchange.sheet import Sheet
from models.shared.exchange.storing import store
from models.shared.exchange.waiting_files import forget_waiting, keep_waiting, of_person, open_waiting, taken_once
from models.shared.exchange.wishes import Rights, Wish
from models.shared.row_checks import Invalid
from models.shared.rows import BaseModel
from models.shared.storage import full_disk_in_words
from routes.shared.body import form, form_with_files
from routes.shared.exchange.asked_import import asked_sheet, asked_wish, choices_in, twin_headings
from routes.shared.exchange.downloads import EXCHANGING, IN_MEMORY
from routes.shared.exchange.import_page import import_page, new_import_page
from routes.shared.exchange.import_rights import rights_of_importer
from routes.shared.login import me
from routes.shared.network import client_network
from routes.shared.page import see_other
from routes.shared.picked import pick
from routes.shared.query import query

MOST_ROWS_SENT = 200_000  # of a file that comes from a browser
WAITS_NO_MORE = "This file waits no more: it has come in, was cancelled, or an hour has passed. Send it again."
NOT_NOW = "Nothing was imported: the table is another one than when you looked. This is how it is now."


def receive_file(model: type[BaseModel]) -> str | HTTPResponse:
    """Keep what was sent until somebody has seen what would become of it."""
    with EXCHANGING.place():
        sent = pick(form_with_files(), "file", "text")
        try:
            content = sent_rows(sent)
            sheet = asked_sheet(BytesIO(content), rights_of_importer(model), {})
            key = keep_waiting(content, sheet, model.plural, whose())
        except Invalid as error:
            return new_import_page(model, error.problems)
        except BadSheet as error:
            return new_import_page(model, {"file": in_a_sentence_of(error)})
    return see_other(f"/{model.plural}/import/{key}")


def sent_rows(sent: Mapping[str, Any]) -> bytes:
    """The file of a form, or the text that was pasted. `Invalid` for none of them, and for both."""
    content, pasted = sent.get("file") or b"", sent.get("text", "")
    content = content.encode() if isinstance(content, str) else content
    pasted = pasted if isinstance(pasted, str) else ""
    if bool(content.strip()) == bool(pasted.strip()):
        twice, none = "is there twice, as a file and as text: send one of them", "is required, or some text"
        raise Invalid({"file": twice if content.strip() else none})
    return content or pasted.encode()


def in_a_sentence_of(error: BadSheet) -> str:
    """Behind the word for the file."""
    return f"cannot be read: {f'line {error.line:,} ' if error.line else ''}{error}"


def preview_page(model: type[BaseModel], key: str) -> str:
    """What would become of the file, read as the address says."""
    with EXCHANGING.place(), closing(waiting_file(model.plural, key)) as file:
        rights, notice = rights_of_importer(model), ""
        try:
            incoming = look_at(file, rights, choices_in(query()))
        except BadSheet as error:
            incoming, notice = look_at(file, rights, {}), f"The file cannot be read so. {error}"
        return import_page(model, key, incoming, notice)


def bring_in(model: type[BaseModel], key: str) -> str | HTTPResponse:
    """All rows of the file, or none."""
    asked, rights = choices_in(form()), rights_of_importer(model)
    with (
        EXCHANGING.place(),
        full_disk_in_words(),
        closing(waiting_file(model.plural, key)) as file,
        closing(SpooledTemporaryFile(IN_MEMORY)) as keep,
    ):
        try:
            incoming = look_at(file, rights, asked, keep)
        except BadSheet as error:
            raise HTTPError(422, f"The file cannot be read so. {error}") from None
        if incoming.problems:
            response.status = 422
            return import_page(model, key, incoming)
        try:
            with taken_once(key, model.plural, whose()):
                store(keep, rights)
        except FileNotFoundError:
            raise HTTPError(404, WAITS_NO_MORE) from None
        except (Invalid, IntegrityError, DoesNotExist) as error:
            return not_imported(model, key, look_at(file, rights, asked), error)
    counts = incoming.counts
    done = f"added={counts['new']}&changed={counts['changed']}&same={counts['same'] + counts['passed']}"
    return see_other(f"/{model.plural}/import?{done}")


def not_imported(model: type[BaseModel], key: str, incoming: Incoming, error: Exception) -> str:
    """The page again: rows that were right one by one could not be written together, or somebody else wrote before."""
    if isinstance(error, Invalid) and not incoming.problems:
        incoming.problems += [RowProblem(0, incoming.label(name), words) for name, words in error.problems.items()]
    response.status = 422
    return import_page(model, key, incoming, NOT_NOW)


def cancel(model: type[BaseModel], key: str) -> HTTPResponse:
    """Forget the file at once."""
    forget_waiting(key, model.plural, whose())
    return see_other(f"/{model.plural}/import")


def look_at(file: Any, rights: Rights, asked: Mapping[str, str], keep: Any = None) -> Incoming:
    """What would become of its rows, when it is read as somebody asks. BadSheet where it cannot be."""
    sheet = asked_sheet(file, rights, asked)
    return checked(sheet, asked_wish(sheet, rights, asked), rights, keep)


def checked(sheet: Sheet, wish: Wish, rights: Rights, keep: Any = None) -> Incoming:
    """All rows, looked at."""
    incoming = Incoming(sheet, wish, rights, MOST_ROWS_SENT)
    for name, numbers in twin_headings(sheet, rights).items():
        if name not in wish.fields.values():
            places = " and ".join(str(number + 1) for number in numbers)
            message = f"is what the columns {places} are called: choose the one that is meant"
            incoming.problems.append(RowProblem(sheet.form.header, sheet.headings[numbers[0]], message))
    incoming.check(keep)
    return incoming


def waiting_file(place: str, key: str) -> Any:
    """The file for this table; 404 when it is gone."""
    try:
        return open_waiting(key, place, whose())
    except FileNotFoundError:
        raise HTTPError(404, WAITS_NO_MORE) from None


def whose() -> str:
    """Whose a waiting file is."""
    user = me()
    return of_person(user.id) if user else f"network {client_network()}"
