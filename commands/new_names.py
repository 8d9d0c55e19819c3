"""Names as people say them, turned into what Python, a table and an address take."""

import keyword
import re
import sys

from peewee import make_snake_case  # type: ignore[attr-defined]  # its stubs forget it

from models.shared.fold import fold
from models.shared.loading import all_models
from models.shared.resource import Resource, plural_of
from models.shared.resource_checks import PLAIN_NAME, RESERVED
from models.shared.row_checks import Invalid

IRREGULAR = {
    one: several
    for pair in (
        "person people, child children, man men, woman women, foot feet, tooth teeth, mouse mice, goose geese, "
        "shelf shelves, leaf leaves, half halves, knife knives, life lives, wife wives, wolf wolves, loaf loaves, "
        "thief thieves, calf calves, elf elves, scarf scarves, potato potatoes, tomato tomatoes, hero heroes, "
        "echo echoes, quiz quizzes, sheep sheep, fish fish, deer deer, series series, species species, news news, "
        "crisis crises, analysis analyses, thesis theses, criterion criteria, medium media"
    ).split(", ")
    for one, several in [pair.split()]
}
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


def class_of(name: str) -> str:
    return "".join(part.capitalize() for part in name.split("_"))


def usual_plural(name: str) -> str:
    """What the class would be called without a word about it."""
    return plural_of(make_snake_case(class_of(name)))


def likely_plural(name: str) -> str:
    """What several are called: by the list of those that no rule knows, or as usual."""
    start, line, last = name.rpartition("_")
    return f"{start}{line}{IRREGULAR[last]}" if last in IRREGULAR else usual_plural(name)


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
