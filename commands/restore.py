"""`python -m models restore`: rows and pictures as they were, also while the site runs."""

import shlex
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from commands.backup import inventory
from commands.progress import progress
from config import VERSION, Settings, database_url, settings_from_environment
from models.shared.backup.archive import Archive
from models.shared.backup.at_work import alone_at_work
from models.shared.backup.kept import backup_folder
from models.shared.backup.pictures_back import remove_unnamed
from models.shared.backup.restoring import Rehearsed, bring_back, try_restore
from models.shared.backup.set_aside import aside_name, finish_aside, finish_asides, is_damaged, move_damaged
from models.shared.backup.sqlite_copy import sqlite_facts
from models.shared.backup.unfinished import failures_in_words, remove_unfinished, work_folder
from models.shared.database import bind_database, database, use_journal
from models.shared.loading import all_models
from models.shared.ownership import make_private_folder
from models.shared.start_errors import Unusable
from models.shared.storage import storage
from models.shared.writable import check_writable


def run(options: Namespace) -> None:
    settings = settings_from_environment(own_server=True)
    if options.to:
        settings = replace(settings, database_url=database_url(options.to))
    bind(settings)
    with working(backup_folder()) as work, Archive(Path(options.file)) as archive:
        rehearsed = try_restore(archive, work)
        if options.check:
            tell_check(archive, rehearsed)
            return
        bind(settings)
        restore(archive, rehearsed)


def bind(settings: Settings) -> None:
    """The place of the site."""
    settings.make_volumes()
    bind_database(settings.database_path, settings.database_url, readable_alone=settings.lesson)
    check_writable(storage.path, Path(database.database))
    all_models()


@contextmanager
def working(folder: Path) -> Iterator[Path]:
    """A place to work in, for one at a time."""
    try:
        with failures_in_words(folder):
            make_private_folder(folder)
            with alone_at_work(folder):
                remove_unfinished(folder)
                finish_asides(folder, VERSION)
                with work_folder(folder / "restore.zip") as work:
                    yield work
    finally:
        database.close_all()


def restore(archive: Archive, rehearsed: Rehearsed) -> None:
    live, folder = Path(database.database), backup_folder()
    if is_damaged(live):
        print(f"The database could not be read: it is in {move_damaged(live, folder)} now. Start the site again.")
    aside = aside_name(folder) if live.exists() and live.stat().st_size else None
    with progress("pictures") as told:
        bring_back(archive, rehearsed, aside, told)
    if not aside:
        with database.connection_context():
            use_journal()
    way_back = set_aside(aside) if aside else ""
    print(f"Restored {archive.path} of {archive.manifest.moment:%Y-%m-%d %H:%M:%S} UTC: {inventory(archive.manifest)}.")
    print(f"All logins have ended. Admins: {', '.join(rehearsed.admins) or 'nobody; python -m models admin UID'}.")
    if way_back:
        print(f"What was there before is in {way_back}. To bring it back:")
        print(f"  python -m models restore {shlex.quote(str(way_back))}")


def set_aside(copy: Path) -> Path:
    """The backup of what was there; its pictures go from the storage, where no row names them any more."""
    files = sqlite_facts(copy).files
    path = finish_aside(copy, VERSION)
    remove_unnamed(files)
    return path


def tell_check(archive: Archive, rehearsed: Rehearsed) -> None:
    print(f"{archive.path} can be restored: {inventory(archive.manifest)}. Each file has its digest.")
    for name in archive.manifest.missing:
        print(f"The file {name} of a picture was missing already when it was made.")
    if rehearsed.orphans:
        print(f"{rehearsed.orphans:,} rows refer to one that is gone: python -m models sweep")
    if not rehearsed.admins:
        raise Unusable("Nobody in it is an admin: python -m models admin UID")
