"""One moment of the site, for whoever reads all of it: others may write meanwhile."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from app import make_site
from config import Settings
from models.shared.database import database, is_sqlite
from models.shared.folding import fold_new
from models.shared.live_copy import copy_live
from models.shared.loading import all_models
from models.shared.start_errors import Unusable
from routes.shared.site import Site
from seed.house import bind_places, open_house


@contextmanager
def site_of_one_moment(settings: Settings) -> Iterator[Site]:
    """The site, to be asked by this thread alone. What it writes of its own is thrown away."""
    with open_house(settings, make=False) as is_new:
        if is_new:
            raise Unusable("There is no database yet: start the site once")
        with of_a_copy(settings) if is_sqlite() else of_a_transaction():
            yield make_site(open_to_all(settings))


def open_to_all(settings: Settings) -> Settings:
    """What differs for pages that are files: no lab, no prefix, and nobody is told the lesson's passwords.

    Nothing is counted, and no standby is asked, as it may be at another moment.
    """
    sample_data = "locked" if settings.lesson else settings.sample_data
    alone = replace(settings, metrics="no", log="text", database_readers=())
    return replace(alone, sample_data=sample_data, lab="off", remember="no", backups="off", prefix="")


@contextmanager
def of_a_copy(settings: Settings) -> Iterator[None]:
    """SQLite's file may be held by no reader for long, so a copy is read. The pictures are where they were."""
    with tempfile.TemporaryDirectory(prefix="portfolio-freeze-") as folder:
        copy = Path(folder) / "sqlite.db"
        copy_live(str(database.database), copy)
        bind_places(settings, f"sqlite:///{copy}")
        try:
            with database.connection_context():
                yield
        finally:
            database.close_all()


@contextmanager
def of_a_transaction() -> Iterator[None]:
    """PostgreSQL shows one moment to a transaction, and nobody waits for it."""
    with database.connection_context():
        for model in all_models():
            if model.searched:
                fold_new(model)
        with database.atomic() as transaction:
            database.execute_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            yield
            transaction.rollback()
