"""The tables: a new database gets those of today, an old one the changes it has missed."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from models.post import SamplePictures, init_posts
from models.shared.changing_tables import changing_tables
from models.shared.database import checkpoint, database, use_journal
from models.shared.folding_triggers import mark_texts, without_triggers
from models.shared.history.following import follow_tables
from models.shared.history.triggers import is_kept, keep_history
from models.shared.loading import all_models
from models.shared.migrating import has_tables, is_current, make_tables, migrate
from models.shared.picture import remove_files
from models.shared.ready import unusable_in_words
from models.shared.resource_tables import are_current, follow_classes
from models.shared.text_indexing import index_texts
from models.shared.tries import is_in_doubt
from models.user import User, init_users

SEEDED = "seeded"  # what the history calls the rows that were there from the start
A_WHILE = 10  # parts of an index, a fraction of a second each
NO_PICTURES: SamplePictures = {}


def prepare(
    users: Iterable[User] = (),
    pictures: SamplePictures = NO_PICTURES,
    with_rows: bool = False,
    follow: bool = True,
    index: bool = True,
) -> bool:
    """Make or migrate the tables; True when the database was new. Raises `Unusable`.

    A new database is made in one transaction, with these sample `users` and their posts; an old one gets all its
    pending migrations in one. Any number of processes may do this at once. `with_rows` gives the new table of a
    Resource its own sample rows; without `follow` an old one is left as it is. `index` also
    makes the indexes of long texts, which a copy may not need.
    """
    with unusable_in_words(), database.connection_context():
        follow_tables()
        was_new = False
        if not is_current() or (follow and not is_followed()):
            with without_files_after_failure(pictures), changing_tables():
                was_new = not has_tables()
                if was_new:
                    make_tables()
                    init_users(users)
                    init_posts(pictures)
                elif not is_current():  # nobody else has done it while we waited
                    migrate()
                if was_new or follow:
                    follow_classes(with_rows)
                    make_all_triggers()
                if was_new:
                    database.describe_change(SEEDED)
            if was_new:
                use_journal()
            checkpoint()
        if follow and index:
            for number, _copies in enumerate(index_texts(all_models())):
                if number == A_WHILE:
                    print("Many texts are being indexed for search; this is done once.", flush=True)
        return was_new


def is_followed() -> bool:
    """Whether the tables and their triggers are those that the classes ask for."""
    return are_current() and not without_triggers(all_models()) and is_kept(all_models())


def make_all_triggers() -> None:
    """Those that are missing."""
    for model in without_triggers(all_models()):
        mark_texts(model)
    keep_history(all_models())


def settle_journal() -> None:
    """For whoever serves the site: the file has the journal of these settings. Raises `Unusable`."""
    with unusable_in_words(), database.connection_context():
        use_journal()


def is_new() -> bool:
    """Whether the database has no tables yet. Raises `Unusable`."""
    with unusable_in_words(), database.connection_context():
        return not has_tables()


@contextmanager
def without_files_after_failure(pictures: SamplePictures) -> Iterator[None]:
    """Files are no part of a transaction: when the rows are taken back, so are the files of their `pictures`."""
    try:
        yield
    except BaseException:
        if not is_in_doubt():
            remove_files(*(picture.name for picture, _ in pictures.values()))
        raise
