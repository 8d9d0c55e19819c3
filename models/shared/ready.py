"""Whether the database can be used, and whether its tables are ready: for whoever starts often and makes no table."""

from collections.abc import Iterator
from contextlib import contextmanager

from peewee import ImproperlyConfigured, PeeweeException

from models.shared.database import database
from models.shared.folding_triggers import without_triggers
from models.shared.history.triggers import is_kept
from models.shared.loading import all_models
from models.shared.migrating import is_current
from models.shared.start_errors import Unusable


def require_ready() -> None:
    """Unusable unless `prepare()` has been here with this version and these classes. It takes a few queries.

    The name of a trigger is made of the columns that it writes down, so a table that lacks one is seen by that.
    """
    with unusable_in_words(), database.connection_context():
        models = all_models()
        tables = {model._meta.table_name for model in models}
        has_all = is_current() and tables.issubset(database.get_tables())
        if not has_all or without_triggers(models) or not is_kept(models):
            raise Unusable("The tables are not ready, or not those of this version: python -m models prepare")


@contextmanager
def unusable_in_words() -> Iterator[None]:
    """What Peewee raises becomes Unusable, in one line."""
    try:
        yield
    except ImproperlyConfigured as error:
        raise Unusable('DATABASE_URL needs a driver that is not here: pip install "psycopg[binary]"') from error
    except PeeweeException as error:
        raise Unusable(f"The database cannot be used: {str(error).splitlines()[0]}") from error
