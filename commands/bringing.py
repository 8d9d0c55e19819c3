"""What is brought into the place of the site, and what is there before is set aside."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from commands.progress import progress
from config import VERSION, Settings
from models.shared.backup.archive import Archive
from models.shared.backup.at_work import alone_at_work
from models.shared.backup.kept import backup_folder
from models.shared.backup.pictures_back import remove_unnamed
from models.shared.backup.restoring import Rehearsed, bring_all_back
from models.shared.backup.set_aside import (
    aside_name,
    finish_aside,
    finish_asides,
    is_damaged,
    move_damaged,
    set_rows_aside,
    set_server_aside,
    zip_of,
)
from models.shared.backup.unfinished import failures_in_words, remove_unfinished, work_folder
from models.shared.database import database, is_sqlite, use_journal
from models.shared.ownership import make_private_folder
from seed.house import bind_house


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


def bring_into_place(archive: Archive, rehearsed: Rehearsed, settings: Settings) -> Path | None:
    """Put it where the site has its data; the backup of what was there, if there was something."""
    bind_house(settings)
    aside = aside_name(backup_folder())
    return into_file(archive, rehearsed, aside) if is_sqlite() else into_server(archive, rehearsed, zip_of(aside))


def into_file(archive: Archive, rehearsed: Rehearsed, aside: Path) -> Path | None:
    live = Path(database.database)
    if is_damaged(live):
        place = move_damaged(live, backup_folder())
        print(f"The database could not be read: it is in {place} now. Start the site again.")
    if not live.exists() or not live.stat().st_size:
        put(archive, rehearsed, lambda: None)
        with database.connection_context():
            use_journal()
        return None
    put(archive, rehearsed, partial(set_rows_aside, aside))
    return without_old_pictures(finish_aside(aside, VERSION))


def into_server(archive: Archive, rehearsed: Rehearsed, aside: Path) -> Path:
    put(archive, rehearsed, partial(set_server_aside, aside, VERSION))
    return without_old_pictures(aside)


def put(archive: Archive, rehearsed: Rehearsed, keep: Callable[[], None]) -> None:
    with progress("pictures") as told:
        bring_all_back(archive, rehearsed, keep, told)


def without_old_pictures(aside: Path) -> Path:
    """The files that only the old rows name go, as they are in the backup of these."""
    with Archive(aside) as archive:
        remove_unnamed(archive.manifest.pictures)
    return aside
