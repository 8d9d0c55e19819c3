"""A form says what it was made from. When somebody has changed the row since, it comes again, and asks what is to stay.

A field whose value is another one now stands beside it, with a box that takes the one of the row.
"""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from bottle import request
from peewee import Field

from models.shared.kinds import kind_of
from models.shared.picture_field import PictureField
from models.shared.row_version import Changed, digests_of, value_digest
from models.shared.rows import BaseModel
from models.shared.values import accepted, form_text, from_form, to_json
from routes.shared.body import is_form, sent_form
from routes.shared.state import current_state

SEEN_FIELD = "seen-values"  # no column can be called so
TAKE = "take-"  # before the name of a field


class Conflict(NamedTuple):
    """What a row has now where a form would write something else.

    `is_only_theirs`: the form leaves the value as it was. `is_picture`: the page shows it elsewhere.
    """

    text: str
    is_only_theirs: bool = False
    is_picture: bool = False


def seen_values(row: BaseModel, names: Iterable[str]) -> str:
    """For the form of a row: digests of the values that it is made from."""
    return " ".join(f"{name}:{digest}" for name, digest in digests_of(row, fields_told(row, names)).items())


def fields_told(row: BaseModel, names: Iterable[str]) -> list[str]:
    """Those of `names` that are fields of the row, but no password: nothing is told of one."""
    fields = type(row).all_fields()
    return [name for name in names if name in fields and kind_of(fields[name]).control != "password"]


def hold_to_form(row: BaseModel) -> None:
    """Where a form was sent: Changed when it was made from other values, and does not say what is to become of them."""
    state = current_state()
    if request.method != "POST" or not is_form():
        return
    sent = sent_form()
    if state.seen is None:
        state.seen = read_seen(row, str(sent.pop(SEEN_FIELD, "")))
        take_what_is_there(row, sent, state.seen)
    found = conflicts(row, sent, state.seen)
    if state.texts:  # the form is made again
        state.conflicts = found
    elif found:
        raise Changed
    row.seen_values = digests_of(row, state.seen)


def read_seen(row: BaseModel, text: str) -> dict[str, str]:
    """What `seen_values` has written, as far as it is about fields of the row."""
    pairs = dict(part.partition(":")[::2] for part in text.split())
    return {name: pairs[name] for name in fields_told(row, pairs)}


def take_what_is_there(row: BaseModel, sent: dict[str, Any], names: Iterable[str]) -> None:
    """Where its box is ticked, the form is sent as if it had the value of the row."""
    for name in names:
        if sent.pop(f"{TAKE}{name}", "") and name in row._meta.fields:
            sent[name] = form_text(row._meta.fields[name], row.__data__.get(name))


def without_taken(sent: Mapping[str, Any]) -> dict[str, Any]:
    """What was sent, but for the fields whose boxes are ticked, and the boxes."""
    return {name: text for name, text in sent.items() if f"{TAKE}{name}" not in sent and not name.startswith(TAKE)}


def conflicts(row: BaseModel, sent: Mapping[str, Any], seen: Mapping[str, str]) -> dict[str, Conflict]:
    """By name, where the form would write over what somebody else has written."""
    fields, now = type(row).all_fields(), digests_of(row, seen)
    changed = [name for name in seen if now[name] != seen[name]]
    found = {name: conflict(row, fields[name], sent, seen[name], now[name]) for name in changed}
    return {name: each for name, each in found.items() if each}


def conflict(row: BaseModel, field: Field, sent: Mapping[str, Any], seen: str, now: str) -> Conflict | None:
    """Of one field, whose digest was `seen` and is another one `now`."""
    name: str = field.name
    if isinstance(field, PictureField):
        is_given = name in sent or sent.get("remove") or sent.get(f"remove-{name}")
        words = "The picture below" if field.read(row) else "No picture"
        return Conflict(words, is_picture=True) if is_given else None
    mine = value_digest(as_stored_in_json(field, sent[name])) if name in sent else now
    text = row.unreadable.get(name) or form_text(field, row.__data__.get(name))
    return None if mine == now else Conflict(text, is_only_theirs=mine == seen)


def as_stored_in_json(field: Field, text: Any) -> Any:
    """What the table would have for the text of a form, in JSON's types; the text itself where it is refused."""
    try:
        return to_json(field, accepted(field, from_form({field.name: field}, {field.name: text})[field.name]))
    except ValueError:
        return repr(text)
