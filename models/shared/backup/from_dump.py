"""A dump of PostgreSQL is tried in a database of its own, on the same server; it is gone afterwards."""

import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from peewee import PeeweeException

from models.shared.backup.archive import PIECE_BYTES
from models.shared.backup.from_lines import make_file
from models.shared.backup.manifest import BadBackup, Manifest
from models.shared.backup.postgresql_copy import postgresql_facts, run_tool, select_rows, snapshot
from models.shared.backup.row_lines import lines_of_all
from models.shared.database import bind_database, database
from models.shared.live_copy import Told
from models.shared.schema import prepare
from models.shared.start_errors import Unusable


def make_file_of_dump(dump: Path, copy: Path, manifest: Manifest, url: str, told: Told) -> None:
    """Fill the new file `copy` of SQLite, by the server at `url`. Unusable, in words, where that cannot do it."""
    program = shutil.which("pg_restore")
    if not url.startswith("postgres"):
        raise Unusable("A dump of PostgreSQL is brought back to a server of it: name one in DATABASE_URL")
    if not program:
        raise Unusable("A dump of PostgreSQL is brought back by pg_restore, which is not here")
    place = copy.parent / "lines"
    place.mkdir(0o700)
    with database_to_try(copy, url) as name:
        line = [program, "--no-owner", "--no-privileges", "--exit-on-error"]
        if not run_tool(line, name, str(dump)):
            raise BadBackup("The dump in it cannot be brought back by pg_restore, which may be older than it")
        bind_database(copy, database.obj.conninfo(dbname=name))
        try:
            files, known = lines_of_dump(place, manifest)
        finally:
            database.close_all()
    make_file(copy, known, lambda each: pieces_in(files[each]), told)


def lines_of_dump(place: Path, manifest: Manifest) -> tuple[dict[str, Path], Manifest]:
    """The rows of the database that is bound, with the tables of today, and what is said of them."""
    with database.connection_context(), snapshot():
        if postgresql_facts().tables != manifest.tables:
            raise BadBackup("The dump in it has other rows than its manifest says")
    prepare(index=False)
    with database.connection_context(), snapshot():
        files = lines_of_all(place, set(database.get_tables()), select_rows)
    return files, replace(manifest, files=dict.fromkeys(files, (0, "")))


@contextmanager
def database_to_try(copy: Path, url: str) -> Iterator[str]:
    """The name of a new one."""
    name = f"portfolio_try_{secrets.token_hex(6)}"
    bind_database(copy, url)
    try:
        with database.connection_context():
            database.execute_sql(f"CREATE DATABASE {name}")
    except PeeweeException as error:
        raise Unusable(f"The server lets us make no database to try it in: {error}".strip()) from None
    try:
        yield name
    finally:
        bind_database(copy, url)
        with database.connection_context():
            database.execute_sql(f"DROP DATABASE IF EXISTS {name}")
        database.close_all()


def pieces_in(path: Path) -> Iterator[bytes]:
    """The content of a file."""
    with path.open("rb") as file:
        while piece := file.read(PIECE_BYTES):
            yield piece
