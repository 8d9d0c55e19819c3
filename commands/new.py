"""`python -m models new`: the file of a new model, and a test of it."""

from argparse import Namespace

from commands.new_fields import NewField, parse_field
from commands.new_names import checked_names, plain_name
from commands.new_templates import NEXT
from commands.new_text import model_text, test_text
from models.shared.loading import FOLDER
from models.shared.plurals import usual_plural
from models.shared.row_checks import Invalid

TESTS = FOLDER.parent / "tests" / "models"


def run(options: Namespace) -> None:
    try:
        if not options.name:
            from commands.new_questions import ask_all

            options = ask_all()
        print(make_model(options.name, options.plural, options.fields))
    except (Invalid, OSError) as error:
        raise SystemExit(f"Nothing was written: {error}") from None
    except (KeyboardInterrupt, EOFError):
        raise SystemExit("Nothing was written.") from None


def make_model(asked: str, asked_plural: str, words: list[str]) -> str:
    """Write the file of the model that is called so, and its test; what to do next. `Invalid` says what cannot be."""
    name, plural = checked_names(asked, asked_plural)
    file, test = FOLDER / f"{name}.py", TESTS / f"test_{name}.py"
    fields = parse_fields(name, words)
    for path in (file, file.with_suffix(""), test):
        if path.exists():
            raise Invalid({name: f"is there already: {path.relative_to(FOLDER.parent)}"})
    file.write_text(model_text(name, plural, fields), encoding="utf-8")
    if TESTS.is_dir():
        test.write_text(test_text(name, plural), encoding="utf-8")
    return "\n".join([*said_of(asked, name, plural, words), NEXT.format(name=name, plural=plural)])


def said_of(asked: str, name: str, plural: str, words: list[str]) -> list[str]:
    """A line about each name that became another one."""
    lines = [] if asked == name else [f"{asked} becomes {name}: a file and an address have the letters a to z."]
    for word in (word.removesuffix("?").partition(":")[0] for word in words):
        if word != plain_name(word):
            lines.append(f"{word} becomes {plain_name(word)}: a column has the letters a to z.")
    return [*lines, *([] if plural == usual_plural(name) else [f"Several are called {plural}, as the class says."])]


def parse_fields(name: str, words: list[str]) -> list[NewField]:
    """The fields of the model `name`."""
    fields = [parse_field(word, name) for word in words]
    if not fields:
        raise Invalid({name: "needs a field, like name:char"})
    if len({field.name for field in fields}) < len(fields):
        raise Invalid({name: "has two fields of one name"})
    if not any(field.value for field in fields):
        raise Invalid({name: "needs a field that a row can be told by, like name:char"})
    return fields
