"""`python -m seed`: the tables again from nothing, or more users than anybody would type."""

import argparse
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial

from peewee import PeeweeException

from config import BadSetting, Settings, settings_from_environment
from models.shared.database import database, is_sqlite
from models.shared.history.writer import Writer, writing
from models.shared.loading import all_models
from models.shared.start_errors import Unusable, exit_on
from models.shared.storage import StorageFailed
from seed.backup import back_up, tell_what_is_kept, unused_path
from seed.house import open_house
from seed.question import ask_first, contents, counted_rows
from seed.shown import SHOW, shown_if


def main(arguments: Sequence[str] | None = None) -> None:
    options = seed_parser().parse_args(arguments)
    with exit_on(BadSetting, Unusable), stopped_in_words(), writing(Writer("python -m seed")):
        settings = settings_from_environment(own_server=True)
        if options.users:
            add_users(settings, options.users)
            return
        # All tables are made below, so until then they may be as they are.
        with open_house(settings, make=False, follow=False) as is_new:
            from models.shared.schema import prepare  # these import files of models
            from seed.reset import reset
            from seed.sample import sample_rows

            if is_new:
                with shown_if(options.show):
                    users, pictures = sample_rows(settings.sample_data)
                    prepare(users, pictures, with_rows=settings.sample_data != "none")
                print(f"Made {settings.database_name}: {contents()}.")
                return
            copy = unused_path(settings.volumes / "backups")
            keep = partial(back_up, copy) if is_sqlite() else None
            if options.tables:
                tell_what_is_kept(copy, make_again(settings, options, keep))
                return
            ask_first(settings, options.yes)
            with failed_in_words(), shown_if(options.show):
                old_files = reset(settings.sample_data, keep=keep)
            print(f"Made {settings.database_name} again: {contents()}.")
            tell_what_is_kept(copy, old_files)


def make_again(settings: Settings, options: argparse.Namespace, keep: Callable[[], None] | None) -> list[str]:
    """Some tables only."""
    from seed.some_tables import reset_tables, resources_named  # which imports files of models

    models = resources_named(options.tables)
    ask_first(settings, options.yes, models)
    with failed_in_words(), shown_if(options.show):
        old_files = reset_tables(models, settings.sample_data != "none", keep)
    print(f"Made again: {counted_rows(models)}. The others are as they were.")
    return old_files


def seed_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m seed",
        description="Make the tables again from nothing, with the sample rows that SAMPLE_DATA asks for. "
        "A copy of an SQLite database is kept first, and the old pictures.",
        epilog="The settings (VOLUMES, DATABASE_URL, SAMPLE_DATA …) come from the environment; see docs/settings.md.",
    )
    parser.add_argument(
        "tables", nargs="*", metavar="MODEL", help="make only the tables of these models of your own, like planet"
    )
    parser.add_argument("--yes", action="store_true", help="do not ask first; needed for another engine than SQLite")
    parser.add_argument("--show", **SHOW)
    parser.add_argument(
        "--users", type=positive, metavar="N", help="delete nothing, and add N made-up users with two posts each"
    )
    return parser


def positive(text: str) -> int:
    number = int(text)
    if not 1 <= number <= 10_000_000:
        raise argparse.ArgumentTypeError("must be from 1 to 10,000,000")
    return number


@contextmanager
def stopped_in_words() -> Iterator[None]:
    try:
        yield
    except KeyboardInterrupt:
        raise SystemExit("Stopped.") from None


@contextmanager
def failed_in_words() -> Iterator[None]:
    try:
        yield
    except (PeeweeException, StorageFailed, OSError) as error:
        raise SystemExit(f"Nothing was changed: {error}") from None


def add_users(settings: Settings, count: int) -> None:
    with open_house(settings):
        from tqdm import tqdm  # nothing else needs it

        from seed.made_up import add_made_up_users  # which imports files of models

        with tqdm(total=count, unit=" users") as bar:
            try:
                for added in add_made_up_users(count):
                    bar.update(added)
            except (PeeweeException, KeyboardInterrupt) as error:
                raise SystemExit(f"Stopped after {bar.n:,} users: {error or 'as you wished'}") from None
        print(f"Added {count:,} made-up users: now {contents()}.")
        index_for_search()


def index_for_search() -> None:
    """What the next searches would do, a part each."""
    from tqdm import tqdm

    from models.shared.text_indexing import copies_ahead, index_texts  # these import files of models

    with database.connection_context():
        ahead = copies_ahead(all_models())
        with tqdm(total=ahead, unit=" texts", desc="For search", disable=not ahead) as bar:
            for done in index_texts(all_models()):
                bar.update(done)


if __name__ == "__main__":
    main()
