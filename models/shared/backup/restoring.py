"""Brings a backup back: tried in a place of its own first, then into the place of the site, which may run."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from models.shared.backup.archive import Archive
from models.shared.backup.endings import admins_now, end_openings
from models.shared.backup.manifest import BadBackup
from models.shared.backup.pictures_back import put_pictures, require_pictures
from models.shared.backup.replacing import replace_rows
from models.shared.backup.rows_facts import Facts
from models.shared.backup.set_aside import keep_rows
from models.shared.backup.sqlite_copy import orphans, sqlite_facts
from models.shared.database import bind_database, checkpoint, database
from models.shared.live_copy import Told
from models.shared.loading import all_models
from models.shared.ownership import make_private_folder
from models.shared.schema import prepare
from models.shared.start_errors import Unusable
from models.shared.text_indexing import drop_indexes, index_texts
from models.shared.unavailable import FULL
from models.shared.writable import has_room

NAME_OF_COPY = "sqlite.db"


@dataclass(frozen=True)
class Rehearsed:
    """A backup that has been tried: the rows as the program of today has them, in `copy`."""

    copy: Path
    facts: Facts
    orphans: int  # rows that refer to one that is gone
    admins: list[str]


def try_restore(archive: Archive, work: Path) -> Rehearsed:
    """All that can be tried without touching what is there. BadBackup, or Unusable when it is of a newer program.

    The database of the copy is bound afterwards, and closed.
    """
    archive.check()
    place = work / "rehearsal"
    make_private_folder(place)
    if not has_room(work, 2 * archive.manifest.size):
        raise Unusable(FULL)
    copy = place / NAME_OF_COPY
    archive.unpack(archive.manifest.rows_in, copy)
    found = sqlite_facts(copy, archive.path.name)
    require_as_said(archive, found)
    admins = bring_up_to_date(copy, archive.path.name)
    return Rehearsed(copy, sqlite_facts(copy, archive.path.name), orphans(copy), admins)


def require_as_said(archive: Archive, found: Facts) -> None:
    """BadBackup when there are other rows, or other pictures, than the manifest says."""
    said = archive.manifest
    if found.tables != said.tables:
        raise BadBackup(f"{archive.path.name} is damaged: it has other rows than its manifest says")
    if set(found.files) != {*said.pictures, *said.missing}:
        raise BadBackup(f"{archive.path.name} is damaged: it has other pictures than its rows name")


def bring_up_to_date(copy: Path, name: str) -> list[str]:
    """Make the copy's tables those of today, and end what would let somebody in. The admins' user ids."""
    bind_database(copy, readable_alone=True)
    try:
        prepare()
        with database.connection_context():
            end_openings()
            drop_indexes()  # they are made anew where they are needed
            return admins_now()
    except Unusable as error:
        raise Unusable(f"{name} cannot be brought back: {error}") from None
    finally:
        database.close_all()


def bring_back(archive: Archive, rehearsed: Rehearsed, aside: Path | None, told: Told) -> None:
    """Put all of it into the database and the storage that are bound; the rows of before are copied to `aside`.

    Unusable, and all is as it was, when the rows do not come out as many as they were.
    """
    put_pictures(archive, told)
    with database.connection_context():
        replace_rows(rehearsed.copy, keep_in(aside), lambda: require_pictures(archive))
        checkpoint()
        for _copies in index_texts(all_models()):
            pass


def keep_in(aside: Path | None) -> Callable[[], None]:
    """What copies the rows of before; where there were none, nothing does."""
    return lambda: keep_rows(aside) if aside else None
