"""`python -m models`: what only somebody at the machine may do, for whoever locked themselves out or adds a model."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(NamedTuple):
    """A word after `python -m models`: what it does, what may follow it, and the module whose `run(options)` does it.

    `arguments` are argparse's. The module is loaded when the command runs, with the database open if it asks for it.
    """

    module: str
    does: str
    arguments: dict[str, dict[str, Any]]
    needs_database: bool = True
    follow: bool = True  # whether the tables must fit their classes, as for the site


UID = {"uid": {"metavar": "UID", "type": str.lower}}
NAMED_TABLE = {"metavar": "NAMED_TABLE", "help": "like users, jokes, planets"}
COMMANDS = {
    "admin": Command("commands.admin", "make UID an admin; somebody who is not there is added", UID),
    "password": Command("commands.password", "give UID a password, asked twice, or read from standard input", UID),
    "sweep": Command(
        "commands.sweep",
        "list files without a row, rows without their file, and rows whose user is gone",
        {"--delete": {"action": "store_true", "help": "remove them; a row without its file stays"}},
    ),
    "change": Command(
        "commands.change",
        "change tables that no longer fit their classes, with their rows: explained, rehearsed on a copy, and undone "
        "by --undo",
        {
            "--default": {
                "action": "append",
                "default": [],
                "metavar": "FIELD=VALUE",
                "help": "what rows without a value get",
            },
            "--rename": {"action": "append", "default": [], "metavar": "OLD=NEW", "help": "a column, or a table"},
            "--drop": {
                "action": "append",
                "default": [],
                "metavar": "NAME",
                "help": "a column or a table may go with what is in it",
            },
            "--rehearse": {"action": "store_true", "help": "show what would become of the tables, and change nothing"},
            "--undo": {"action": "store_true", "help": "bring back the tables and rows of before the last change"},
            "--yes": {"action": "store_true", "help": "do not ask before anything is changed"},
        },
        follow=False,
    ),
    "prepare": Command(
        "commands.prepare",
        "make the tables, or bring them to this version, as the start of a site does: once, before a function starts",
        {},
        needs_database=False,
    ),
    "backup": Command(
        "commands.backup",
        "copy all rows and pictures into one file, while the site runs; without FILE into backups/ of the data, where "
        "those of 7 days, 4 weeks and 6 months are kept",
        {"file": {"metavar": "FILE", "nargs": "?", "help": "a new file, such as backup.zip"}},
    ),
    "restore": Command(
        "commands.restore",
        "bring back the rows and pictures of a backup, also while the site runs; what was there is set aside",
        {
            "file": {"metavar": "FILE", "nargs": "?", "help": "of a backup; with --at the newest one before that"},
            "--at": {"metavar": "TIME", "help": "as it was then, by the history: like 2026-11-27T14:30"},
            "--check": {"action": "store_true", "help": "only try it, in a place of its own"},
            "--to": {"metavar": "DATABASE_URL", "help": "into another database"},
        },
        needs_database=False,
    ),
    "export": Command(
        "commands.export_file",
        "write every row of a table to a file, whose name ends with .csv or .json",
        {"table": NAMED_TABLE, "file": {"metavar": "FILE"}},
    ),
    "import": Command(
        "commands.import_file",
        "add the rows of a CSV or JSON file to a table: all of them, or none when one breaks a rule",
        {
            "table": NAMED_TABLE,
            "file": {"metavar": "FILE"},
            "--match": {"metavar": "NAME", "default": "", "help": "change the rows that have the same of this field"},
            "--yes": {"action": "store_true", "help": "do not ask first"},
        },
    ),
    "save": Command(
        "commands.save",
        "write all rows as lines of JSON, and the pictures, into a new folder or zip, to move to another engine",
        {"place": {"metavar": "FOLDER", "help": "a new folder, or a file whose name ends in .zip"}},
    ),
    "load": Command(
        "commands.load",
        "bring what was saved into this database, in place of all that is there, which is set aside",
        {"place": {"metavar": "FOLDER", "help": "the folder, or the file whose name ends in .zip"}},
        needs_database=False,
    ),
    "copy-pictures": Command(
        "commands.copy_pictures",
        "copy the files of pictures that are in FOLDER to where PICTURES says, while the site runs; nothing is taken "
        "away, and what is there already is left out",
        {
            "folder": {"metavar": "FOLDER"},
            "--out": {"action": "store_true", "help": "the other way round, into FOLDER"},
        },
    ),
    "new": Command(
        "commands.new",
        "write the file of a model and a test of it, as in: new book title:char shelf:shelf rating:int:1..5 "
        "kind:choice:novel/poem finished:date:optional owner. Without more words it asks, step by step",
        {
            "name": {"metavar": "NAME", "nargs": "?"},
            "fields": {"metavar": "FIELD:KIND:OPTION", "nargs": "*"},
            "--plural": {"default": "", "help": "what several are called, where adding an s is wrong"},
        },
        needs_database=False,
    ),
}
if find_spec("classroom"):  # a room that can be taken away, as the next one
    COMMANDS["reset-class"] = Command(
        "classroom.resetting.command",
        "take away the rows and pictures of a group's members, after a backup; their accounts stay",
        {
            "--group": {"required": True, "metavar": "GROUP", "help": "what the group is called"},
            "--samples": {"action": "store_true", "help": "lay sample rows again"},
            "--yes": {"action": "store_true", "help": "do not ask first"},
        },
    )
    COMMANDS["roster"] = Command(
        "classroom.roster.command",
        "bring in a class from the file that a school exports, each with a one-time password; what would become of it "
        "is shown first",
        {
            "file": {"metavar": "FILE"},
            "--group": {"metavar": "GROUP", "default": "", "help": "they come into it; one that is not there is made"},
            "--roles": {"metavar": "FILE", "default": "", "help": "the roles.csv of OneRoster 1.2"},
            "--dates": {"choices": ("dmy", "mdy", "ymd"), "default": "", "help": "the order of day, month and year"},
            "--update": {"action": "store_true", "help": "change name and date of birth of who is there already"},
            "--yes": {"action": "store_true", "help": "do not ask first; lines with a problem are left out"},
            "--json": {"action": "store_true", "help": "print what was done as JSON"},
        },
    )
if find_spec("lab"):
    COMMANDS["doctor"] = Command(
        "lab.doctor.command",
        "ask a running backend from outside why a page on another origin does not work; exit 1 when something is wrong",
        {
            "backend": {"metavar": "BACKEND", "help": "its address, as the page's script has it"},
            "page": {"metavar": "PAGE", "help": "the address of the page, or its origin"},
            "--uid": {"metavar": "UID", "help": "log in and out, to see whether a browser keeps the cookie"},
        },
        needs_database=False,
    )
    COMMANDS["check"] = Command(
        "lab.checking.command",
        "look which of the lesson's tasks are done for a model, or for each in a folder that has a folder or a file of "
        "each student; exit 1 when something is to do",
        {
            "what": {"metavar": "MODEL", "nargs": "?", "default": "", "help": "like planet; or a folder, or a file"},
            "--all": {"action": "store_true", "help": "every model of your own"},
            "--json": {"action": "store_true", "help": "for a program"},
        },
        needs_database=False,
    )
if find_spec("freezing"):
    COMMANDS["freeze"] = Command(
        "freezing.command",
        "write every public page, its JSON and its pictures as files into FOLDER, for any host of plain files; again, "
        "only what has changed",
        {
            "folder": {"metavar": "FOLDER", "help": "a new one, or one that was made so"},
            "--base": {"metavar": "PATH", "default": "", "help": "what stands before each address, like /class/"},
            "--site": {
                "metavar": "URL",
                "default": "",
                "help": "where it will be; then sitemap.xml and feed.xml come",
            },
            "--backend": {
                "metavar": "URL",
                "default": "",
                "help": "where this program answers: scripts of the pages ask it, to be up to date, log in and write",
            },
            "--release": {
                "action": "store_true",
                "help": "write a new folder, and turn the link FOLDER to it",
            },
        },
        needs_database=False,
    )


def main(arguments: Sequence[str] | None = None) -> None:
    from config import BadSetting  # all of these only where a command is run: a function is in this folder, too
    from models.shared.history.writer import Writer, writing
    from models.shared.start_errors import Unusable, exit_on
    from seed.shown import shown_if

    options = command_parser().parse_args(arguments)
    command = COMMANDS[options.command]
    with ExitStack() as stack:
        stack.enter_context(exit_on(BadSetting, Unusable))
        if command.needs_database:
            stack.enter_context(opened_database(command.follow))
            stack.enter_context(shown_if(options.show))
        stack.enter_context(writing(Writer(f"python -m models {options.command}")))
        import_module(command.module).run(options)


def command_parser() -> "ArgumentParser":
    from argparse import ArgumentParser

    from seed.shown import SHOW

    parser = ArgumentParser(
        prog="python -m models",
        description="Make an admin, give somebody a password, make the tables, make a backup or bring it back, take "
        "rows in and out, write the file of a new model, change a table with its rows, look for what has been left "
        "behind, ask why a page elsewhere does not work, or check a model. "
        "The settings come from the environment.",
    )
    subparsers = parser.add_subparsers(required=True, metavar="COMMAND", dest="command")
    for name, command in COMMANDS.items():
        subparser = subparsers.add_parser(name, help=command.does, description=command.does)
        for argument, how in command.arguments.items():
            subparser.add_argument(argument, **how)
        if command.needs_database:
            subparser.add_argument("--show", **SHOW)
    return parser


@contextmanager
def opened_database(follow: bool = True) -> Iterator[None]:
    from config import settings_from_environment
    from models.shared.database import checkpoint, database
    from models.shared.start_errors import Unusable
    from seed.house import open_house

    settings = settings_from_environment(own_server=True)
    has_rows = settings.sample_data != "none"
    with open_house(settings, make=not has_rows, follow=follow) as is_new:
        if is_new and has_rows:
            raise Unusable("There is no database yet: start the site once, or set SAMPLE_DATA to none")
        with unchanged_in_words(), database.connection_context():
            yield
            checkpoint()


@contextmanager
def unchanged_in_words() -> Iterator[None]:
    from peewee import PeeweeException

    from models.shared.row_checks import Invalid

    try:
        yield
    except (Invalid, PeeweeException) as error:
        raise SystemExit(f"Nothing was changed: {error}") from None
    except (KeyboardInterrupt, EOFError):
        raise SystemExit("Nothing was changed.") from None
