"""The tables again from nothing."""

from collections.abc import Callable

from models.post import init_posts
from models.shared.changing_tables import changing_tables
from models.shared.database import checkpoint, database
from models.shared.migrating import drop_tables, make_tables
from models.shared.picture_rows import all_files
from models.shared.resource_tables import follow_classes
from models.shared.schema import SEEDED, make_all_triggers, without_files_after_failure
from models.user import init_users
from seed.sample import sample_rows


def reset(sample_data: str, keep: Callable[[], None] | None = None) -> list[str]:
    """Make all tables again, with the sample rows: others see the old rows, then the new ones, and nothing between.

    `keep` may copy the old rows first; nobody can write from then on until the new ones are there.
    Returns the names of the files of the old rows' pictures, which are still in the storage.
    """
    users, pictures = sample_rows(sample_data)
    with database.connection_context():
        with without_files_after_failure(pictures), changing_tables():
            if keep:
                keep()
            old_files = all_files()
            drop_tables()
            make_tables()
            init_users(users)
            init_posts(pictures)
            follow_classes(with_rows=sample_data != "none")
            make_all_triggers()
            database.describe_change(SEEDED)
        checkpoint()
    return old_files
