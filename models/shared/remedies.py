"""What to do about a mistake in a model's file, where its kind and its words tell."""

import re
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import peewee
from peewee import DoesNotExist, make_snake_case  # type: ignore[attr-defined]  # its stubs forget the last

MODEL_FILES = Path(__file__).parents[1]
FROM_MODELS = "DecimalField FloatField ImageField IntegerField Invalid Post Resource User".split()  # which `models` has
PEEWEES = [name for name in dir(peewee) if name.endswith("Field")]
NO_MODULE = re.compile(r"No module named 'models\.(\w+)'")
NO_NAME_IN_MODELS = re.compile(r"cannot import name '(\w+)' from 'models'")


def remedy_of(error: BaseException) -> str:
    """A sentence, or nothing where it is not known."""
    words = str(getattr(error, "msg", error))
    if isinstance(error, ModuleNotFoundError) and (found := NO_MODULE.match(words)):
        return make_first(found[1])
    if isinstance(error, ImportError) and (found := NO_NAME_IN_MODELS.match(words)):
        return import_it(found[1])
    if isinstance(error, NameError):
        return import_it(str(error.name))
    if isinstance(error, AttributeError):
        return attribute_remedy(error)
    if isinstance(error, TypeError) and re.search("argument '(minimum|maximum)'", words):
        return "Take the field from models instead of peewee: from models import IntegerField, Resource."
    return row_remedy(error) if isinstance(error, DoesNotExist) else ""


def problem_in_words(error: BaseException) -> str:
    """What is wrong, in one line."""
    if isinstance(error, DoesNotExist):
        return f"there is no such {row_word(error)}, and a sample row needs one"
    return f"{type(error).__name__}: {getattr(error, 'msg', error)}".splitlines()[0]


def import_it(name: str) -> str:
    """Where somebody finds what is called so."""
    file = make_snake_case(name)
    if name in FROM_MODELS:
        return f"Import it above: from models import {name}."
    if (MODEL_FILES / f"{file}.py").is_file():
        return f"Import it above: from models.{file} import {name}."
    if isinstance(getattr(peewee, name, None), type):
        return f"Import it above: from peewee import {name}."
    if near := get_close_matches(name, [*PEEWEES, *FROM_MODELS], 1, 0.8):
        return f"Did you mean {near[0]}?"
    return make_first(file) if name[:1].isupper() else ""


def make_first(file: str) -> str:
    """For a model that is not there."""
    return f"There is no models/{file}.py. Make it first: python -m models new {file} name:char."


def attribute_remedy(error: AttributeError) -> str:
    """For a name that is nearly one of a model's: a column in SQL, or misspelt."""
    thing: Any = error.obj
    if isinstance(thing, str) and error.name == "_meta":
        return f"Write the class itself, without quotes: ForeignKeyField({thing}), and import it above."
    meta = getattr(thing, "_meta", None)
    if not isinstance(meta, peewee.Metadata):
        return ""
    names = {field.column_name: name for name, field in meta.fields.items()} | {name: name for name in dir(thing)}
    near = get_close_matches(str(error.name), names, 1) if error.name not in names else [str(error.name)]
    return f"Did you mean {names[near[0]]}?" if near else ""


def row_remedy(error: DoesNotExist) -> str:
    """For a row that a sample row refers to, and which is not there (any more)."""
    word = row_word(error)
    whom = "somebody who is there" if word == "user" else f"a {word} that is there"
    return f"Take {whom}, like {word.title().replace(' ', '')}.select().first(), or make it before."


def row_word(error: DoesNotExist) -> str:
    """What one row of the table is called."""
    return make_snake_case(type(error).__name__.removesuffix("DoesNotExist")).replace("_", " ")
