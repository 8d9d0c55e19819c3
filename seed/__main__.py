"""`python -m seed`: the tables again from nothing, or more users than anybody would type."""

import argparse
import shlex
import sys
from collections.abc import Sequence
from pathlib import Path

from peewee import PeeweeException

from config import BadSetting, Settings, settings_from_environment
from models.post import Post
from models.shared.database import bind_database, database
from models.shared.schema import is_sqlite, prepare
from models.shared.start_errors import Unusable, exit_on
from models.shared.storage import StorageFailed, storage
from models.user import User
from seed import add_made_up_users, back_up, move_files, reset, sample_rows, unused_path


def main(arguments: Sequence[str] | None = None) -> None:
    options = parser().parse_args(arguments)
    with exit_on(BadSetting, Unusable):
        settings = settings_from_environment(own_server=True)
        settings.make_volumes()
        bind_database(settings.database_path, settings.database_url, readable_alone=settings.lesson)
        was_new = prepare(
            lambda: sample_rows(settings.sample_data),
            with_rows=settings.sample_data != "none",
            follow=bool(options.users),  # else the tables are made again anyway
        )
    try:
        if options.users:
            add_users(options.users)
        elif was_new:
            print(f"Made {settings.database_name}: {contents()}.")
        else:
            start_again(settings, options.yes)
    except KeyboardInterrupt:
        raise SystemExit("Stopped.") from None
    finally:
        database.close_all()


def parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m seed",
        description="Make the tables again from nothing, with the sample rows that SAMPLE_DATA asks for. "
        "A copy of an SQLite database is kept first, and the old pictures.",
        epilog="The settings (VOLUMES, DATABASE_URL, SAMPLE_DATA …) come from the environment; see README.md.",
    )
    parser.add_argument("--yes", action="store_true", help="do not ask first; needed for another engine than SQLite")
    parser.add_argument(
        "--users", type=positive, metavar="N", help="delete nothing, and add N made-up users with two posts each"
    )
    return parser


def positive(text: str) -> int:
    number = int(text)
    if not 1 <= number <= 10_000_000:
        raise argparse.ArgumentTypeError("must be from 1 to 10,000,000")
    return number


def start_again(settings: Settings, is_sure: bool) -> None:
    if not is_sure:
        if not is_sqlite():
            raise SystemExit(
                f"This would delete every row of the {settings.database_name} database, and no copy is kept of it: "
                "copy it with the tools of that engine, then say --yes"
            )
        if sys.stdin.isatty() and not is_agreed(f"Delete all rows of {settings.database_name} ({contents()})? [y/N] "):
            raise SystemExit("Nothing was changed.")
    copy = unused_path(settings.volumes / "backups")
    old_uploads = copy.with_name(f"{copy.stem}-uploads")
    try:
        with exit_on(Unusable):
            old_files = reset(settings.sample_data, keep=lambda: back_up(copy) if is_sqlite() else None)
    except (PeeweeException, StorageFailed, OSError) as error:
        raise SystemExit(f"Nothing was changed: {error}") from None
    print(f"Made {settings.database_name} again: {contents()}.")
    if old_files:
        keep_pictures(old_files, old_uploads)
    if is_sqlite():
        print_way_back(copy, old_uploads)


def keep_pictures(old_files: list[str], folder: Path) -> None:
    try:
        move_files(old_files, folder)
    except (StorageFailed, OSError) as error:
        print(f"Some old pictures are still among the new ones, as they could not be moved: {error}")
    else:
        print(f"The old pictures are in {folder}.")


def print_way_back(copy: Path, old_uploads: Path) -> None:
    target = shlex.quote(database.database)
    print(f"The old rows are in {copy}. To go back, stop the server, then:")
    line = f"rm -f {target}-wal {target}-shm && cp {shlex.quote(str(copy))} {target}"
    if old_uploads.exists() and any(old_uploads.iterdir()):
        line += f" && cp {shlex.quote(str(old_uploads))}/* {shlex.quote(str(storage.path))}"
    print(f"  {line}")


def is_agreed(question: str) -> bool:
    try:
        return input(question).strip().lower() in ("y", "yes")
    except EOFError:
        return False


def contents() -> str:
    with database.connection_context():
        return f"{User.select().count():,} users, {Post.select().count():,} posts"


def add_users(count: int) -> None:
    from tqdm import tqdm  # nothing else needs it

    with tqdm(total=count, unit=" users") as bar:
        try:
            for added in add_made_up_users(count):
                bar.update(added)
        except (PeeweeException, KeyboardInterrupt) as error:
            raise SystemExit(f"Stopped after {bar.n:,} users: {error or 'as you wished'}") from None
    print(f"Added {count:,} made-up users: now {contents()}.")


if __name__ == "__main__":
    main()
