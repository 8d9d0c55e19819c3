"""Opens the house: whoever starts the site, a command or the seed begins here."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from config import Settings
from models.shared.database import bind_database, database, is_sqlite
from models.shared.history.writer import Writer, current_writer, writing
from models.shared.loading import all_models
from models.shared.storage import storage
from models.shared.writable import check_writable


@contextmanager
def open_house(settings: Settings, make: bool = True, follow: bool = True) -> Iterator[bool]:
    """Make the folder, bind the database, load the model files and prepare the tables; no connection stays open.

    It gives whether the database is new. A new one gets its tables and the sample rows that SAMPLE_DATA asks for,
    unless `make` is False: then it stays as it is. `follow` is that of `prepare`. Raises `BadSetting` or `Unusable`.
    """
    bind_house(settings)
    if storage.beside("imports").exists():  # files that nobody confirmed
        from models.shared.exchange.waiting_files import sweep_waiting

        sweep_waiting()
    try:
        with writing(current_writer.get() or Writer("The start")):
            is_new = prepare_tables(settings, make, follow)
        yield is_new
    finally:
        database.close_all()


def bind_house(settings: Settings) -> None:
    """Make the folder, bind the database and load the model files; the tables are as they are."""
    settings.make_volumes()
    bind_places(settings, settings.database_url)
    all_models()  # before anything imports one of their files, so that a mistake there is told in two lines


def bind_places(settings: Settings, url: str) -> None:
    """Bind the database, which `url` names unless it is the usual one, and the storage. Unusable, in words."""
    bind_database(
        settings.database_path,
        url,
        settings.threads,
        readable_alone=settings.lesson,
        seconds=settings.database_seconds,
        readers=settings.database_readers,
    )
    if settings.pictures:
        from models.shared.object_storage import keep_in_bucket  # whoever has a folder does not need it

        keep_in_bucket(settings.pictures, settings.aws_region, settings.aws_endpoint_url, settings.volumes)
    check_writable(storage.on_disk, Path(database.database) if is_sqlite() else None)


def prepare_tables(settings: Settings, make: bool, follow: bool) -> bool:
    from models.shared.history.sweeping import limit_history  # these import files of models
    from models.shared.schema import is_new, prepare

    limit_history(*settings.history_limits)
    with_rows = settings.sample_data != "none"
    if not is_new():
        return prepare(with_rows=with_rows, follow=follow)
    if not make:
        return True
    from seed.sample import sample_rows  # only a new database needs them

    users, pictures = sample_rows(settings.sample_data)
    return prepare(users, pictures, with_rows=with_rows)
