"""Brings a backup back: tried in a place of its own first, then into the place of the site, which may run."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from models.shared.backup.archive import Archive
from models.shared.backup.endings import admins_now, end_openings
from models.shared.backup.from_dump import make_file_of_dump
from models.shared.backup.from_lines import make_file
from models.shared.backup.manifest import BadBackup
from models.shared.backup.pictures_back import put_pictures, require_pictures
from models.shared.backup.postgresql_copy import DUMP_FILE
from models.shared.backup.replacing import replace_rows
from models.shared.backup.replacing_on_server import replace_on_server
from models.shared.backup.row_lines import ROWS_FOLDER
from models.shared.backup.rows_copy import SQLITE_FILE
from models.shared.backup.rows_facts import Facts
from models.shared.backup.since import RESTORED
from models.shared.backup.sqlite_copy import orphans, sqlite_facts
from models.shared.database import bind_database, checkpoint, database, is_sqlite
from models.shared.live_copy import Told, told_nobody
from models.shared.loading import all_models
from models.shared.ownership import make_private_folder
from models.shared.resource_tables import BACK, COMMAND
from models.shared.schema import prepare
from models.shared.start_errors import Unusable
from models.shared.text_indexing import drop_indexes, index_texts
from models.shared.unavailable import FULL
from models.shared.writable import has_room

NAME_OF_COPY = "sqlite.db"
CLASS_OF_THEN = (
    "A backup is brought back by the classes that it was made with: put the class back as it was, restore, and then "
    "change the class and its table again"
)


@dataclass(frozen=True)
class Rehearsed:
    """A backup that has been tried: the rows as the program of today has them, in `copy`."""

    copy: Path
    facts: Facts
    orphans: int  # rows that refer to one that is gone
    admins: list[str]
    label: str = ""  # what the history calls it; nothing where a database moves, as its rows stay as they are


@dataclass(frozen=True)
class Trial:
    """How a backup is tried: `url` is that of the database to which it is to come, where that is no SQLite.

    `go_on` may change the file in which the rows are, before its tables are made those of today.
    """

    url: str = ""
    told: Told = told_nobody
    go_on: Callable[[Path], None] | None = None
    ends_logins: bool = True


def try_restore(archive: Archive, work: Path, trial: Trial) -> Rehearsed:
    """All that can be tried without touching what is there. BadBackup, or Unusable when it is of a newer program.

    The database of the copy is bound afterwards, and closed.
    """
    archive.check()
    place = work / "rehearsal"
    make_private_folder(place)
    if not has_room(work, 3 * archive.manifest.size):
        raise Unusable(FULL)
    copy = place / NAME_OF_COPY
    unpack_rows(archive, copy, trial)
    require_as_said(archive, sqlite_facts(copy, archive.path.name))
    if trial.go_on:
        trial.go_on(copy)
    admins = bring_up_to_date(copy, archive.path.name, trial.ends_logins)
    return Rehearsed(copy, sqlite_facts(copy, archive.path.name), orphans(copy), admins, RESTORED * trial.ends_logins)


def unpack_rows(archive: Archive, copy: Path, trial: Trial) -> None:
    """Make a file of SQLite of them, whatever they are."""
    manifest = archive.manifest
    if manifest.rows_in == SQLITE_FILE:
        archive.unpack(SQLITE_FILE, copy)
    elif manifest.rows_in == ROWS_FOLDER:
        make_file(copy, manifest, archive.pieces, trial.told)
    else:
        dump = copy.with_name(DUMP_FILE)
        archive.unpack(DUMP_FILE, dump)
        make_file_of_dump(dump, copy, manifest, trial.url, trial.told)


def require_as_said(archive: Archive, found: Facts) -> None:
    """BadBackup when there are other rows, or other pictures, than the manifest says."""
    said = archive.manifest
    if said.rows_in == DUMP_FILE:
        return  # it was looked at before its tables were made those of today
    for table, count in said.tables.items():
        if found.tables.get(table, 0) != count:
            raise BadBackup(f"{archive.path.name} is damaged: it has other rows of {table} than its manifest says")
    if set(found.files) != {*said.pictures, *said.missing}:
        raise BadBackup(f"{archive.path.name} is damaged: it has other pictures than its rows name")


def bring_up_to_date(copy: Path, name: str, ends_logins: bool) -> list[str]:
    """Make the copy's tables those of today, and end what would let somebody in. The admins' user ids."""
    bind_database(copy, readable_alone=True)
    try:
        prepare(index=False)
        with database.connection_context():
            if ends_logins:
                end_openings()
            drop_indexes()  # they are made anew where they are needed
            return admins_now()
    except Unusable as error:
        words = str(error).replace(f"{BACK}, or {COMMAND}", CLASS_OF_THEN)
        raise Unusable(f"{name} cannot be brought back: {words}") from None
    finally:
        database.close_all()


def bring_all_back(archive: Archive, rehearsed: Rehearsed, keep: Callable[[], None], told: Told) -> None:
    """Put all of it into the database and the storage that are bound; `keep` copies the rows of before.

    Unusable, and all is as it was, when the rows do not come out as many as they were.
    """

    def settle() -> None:
        require_pictures(archive)
        if rehearsed.label:
            database.describe_change(rehearsed.label)

    put_pictures(archive, told)
    if not is_sqlite():
        prepare(index=False)
    with database.connection_context():
        replace = replace_rows if is_sqlite() else replace_on_server
        replace(rehearsed.copy, keep, settle)
        checkpoint()
        for _copies in index_texts(all_models()):
            pass
