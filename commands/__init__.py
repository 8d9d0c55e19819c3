"""`python -m models`: what only somebody at the machine may do, for whoever locked themselves out or adds a model."""

import argparse
import sys
from collections.abc import Sequence
from getpass import getpass

from peewee import PeeweeException

from commands.sweep import sweep
from config import BadSetting, settings_from_environment
from models.shared.database import checkpoint, database
from models.shared.row_checks import Invalid
from models.shared.start_errors import Unusable, exit_on
from models.shared.storage import StorageFailed
from models.user import User
from seed.house import open_house


def main(arguments: Sequence[str] | None = None) -> None:
    options = parser().parse_args(arguments)
    if options.command is write_model:
        write_model(options.name, options.fields)
        return
    with exit_on(BadSetting, Unusable):
        settings = settings_from_environment(own_server=True)
        has_rows = settings.sample_data != "none"
        with open_house(settings, make=not has_rows) as is_new:
            if is_new and has_rows:
                raise Unusable("There is no database yet: start the site once, or set SAMPLE_DATA to none")
            run(options)


def run(options: argparse.Namespace) -> None:
    try:
        with database.connection_context():
            options.command(options)
            checkpoint()
    except (Invalid, PeeweeException) as error:
        raise SystemExit(f"Nothing was changed: {error}") from None
    except StorageFailed as error:
        raise SystemExit(f"Stopped, as this file cannot be removed: {error}") from None
    except (KeyboardInterrupt, EOFError):
        raise SystemExit("Nothing was changed.") from None


def parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m models",
        description="Make an admin, give somebody a password, write the file of a new model, or look for what has "
        "been left behind. "
        "The settings come from the environment.",
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for name, command, words in (
        ("admin", make_admin, "make UID an admin; somebody who is not there is added"),
        ("password", change_password, "give UID a password, asked twice, or read from standard input"),
    ):
        subparser = commands.add_parser(name, help=words, description=words)
        subparser.add_argument("uid", metavar="UID", type=str.lower)
        subparser.set_defaults(command=command)
    words = "list files without a post, posts without their file, and rows whose user is gone"
    subparser = commands.add_parser("sweep", help=words, description=words)
    subparser.add_argument("--delete", action="store_true", help="remove them; a post keeps its note")
    subparser.set_defaults(command=sweep_up)
    words = "write the file of a model and a test of it, as in: new planet name:char mass:float? found:date?"
    subparser = commands.add_parser("new", help=words, description=words)
    subparser.add_argument("name", metavar="NAME")
    subparser.add_argument("fields", metavar="FIELD:TYPE", nargs="+")
    subparser.set_defaults(command=write_model)
    return parser


def write_model(name: str, fields: list[str]) -> None:
    from commands.new import make_model  # the other commands do not need it

    with exit_on(Unusable):
        try:
            print(make_model(name, fields))
        except (Invalid, OSError) as error:
            raise SystemExit(f"Nothing was written: {error}") from None


def make_admin(options: argparse.Namespace) -> None:
    user = User.get_or_none(User.uid == options.uid)
    if user:
        user.update(role="admin")
        print(f"{user.uid} is an admin.")
    else:
        user = User.create(name=options.uid, uid=options.uid, role="admin")
        print(f"{user.uid} was added and is an admin.")
    if not user.password_hash:
        print(f"There is no password yet: python -m models password {user.uid}")


def change_password(options: argparse.Namespace) -> None:
    user = User.get_or_none(User.uid == options.uid)
    if not user:
        raise Invalid({"uid": "does not exist"})
    password = ask_password() if sys.stdin.isatty() else sys.stdin.readline().rstrip("\r\n")
    if not password:
        raise Invalid({"password": "is required"})
    user.update(password=password)
    print(f"{user.uid} has a new password, and is logged out everywhere.")


def sweep_up(options: argparse.Namespace) -> None:
    nothing = True
    for line in sweep(options.delete):
        nothing = False
        print(line)
    if nothing:
        print("Nothing has been left behind; files of the last hour were not looked at.")
    elif options.delete:
        print("All this was removed.")
    else:
        print("To remove all this: python -m models sweep --delete")


def ask_password() -> str:
    first, again = getpass("New password: "), getpass("The same again: ")
    if first != again:
        raise Invalid({"password": "must be the same twice"})
    return first


if __name__ == "__main__":
    main()
