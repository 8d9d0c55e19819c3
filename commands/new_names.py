"""Names as people say them, turned into what Python, a table and an address take."""

import keyword
import re
import sys

from models.shared.fold import fold
from models.shared.loading import all_models
from models.shared.plurals import IRREGULAR, class_of, likely_plural
from models.shared.resource import Resource
from models.shared.resource_checks import PLAIN_NAME, RESERVED
from models.shared.row_checks import Invalid

DOUBTFUL = ("f", "fe", "o", "is", "us", "um", "on", "man")  # how words end whose plural no rule knows


def plain_name(text: str) -> str:
    """As in: ReadingList, reading-list and Reading list are reading_list, and Bücher is bucher."""
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|[\s-]+", "_", text.strip())
    return fold(words)


def is_name(name: str) -> bool:
    """Whether it can be the name of a model's file."""
    words = (name, class_of(name))
    return bool(PLAIN_NAME.fullmatch(name)) and not any(map(keyword.iskeyword, words))


def is_field_name(name: str) -> bool:
    """Whether it can be the name of a field."""
    return bool(PLAIN_NAME.fullmatch(name)) and not keyword.iskeyword(name) and not is_taken_by_all(name)


def is_taken_by_all(name: str) -> bool:
    """Whether every row has something by this name."""
    return name in ("id", "self") or hasattr(Resource, name)


def is_doubtful(name: str) -> bool:
    """Whether somebody should be asked."""
    return name.rpartition("_")[2] not in IRREGULAR and name.endswith(DOUBTFUL)


def checked_names(asked: str, asked_plural: str) -> tuple[str, str]:
    """The name of the model, and what several are called. `Invalid` for what cannot be, or is taken."""
    name = plain_name(asked)
    if not is_name(name):
        raise Invalid({asked: "cannot be the name of a model: take small letters a to z, like planet"})
    plural = plain_name(asked_plural) or plural_or_question(name)
    if not PLAIN_NAME.fullmatch(plural):
        raise Invalid({plural: "cannot be a plural: take small letters a to z, like planets"})
    if plural in RESERVED:
        raise Invalid({name: f"would have the address /{plural}, which the site has already"})
    for model in all_models():
        if model.__name__ == class_of(name) or model._meta.table_name == plural:
            raise Invalid({name: f"is taken: {model.__name__} has the table {model._meta.table_name}"})
    return name, plural


def plural_or_question(name: str) -> str:
    """What several are called; whoever sits there is asked where no rule knows it."""
    plural = likely_plural(name)
    if is_doubtful(name) and sys.stdin.isatty():
        return plain_name(input(f"What are several called? Press Enter for {plural}: ")) or plural
    return plural
