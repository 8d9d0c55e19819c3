"""What a backup must not bring back: whatever opened the site in those days."""

from typing import Any

from models.shared.database import database
from models.shared.loading import all_models
from models.shared.short_lived import ShortLived
from models.user import User

OPENING = ("sessions", "known_browsers", "slips")  # who was logged in, and where; who could be


def end_openings() -> None:
    """No login, no one-time key, no draft, and nothing that is counted for a while."""
    with database.atomic():
        for model in reversed(all_models()):  # children before parents
            if model._meta.table_name in OPENING or issubclass(model, ShortLived):
                model.delete().execute()


def admins_now() -> list[str]:
    """The user ids of the admins."""
    rows: Any = User.select(User.uid).where(User.role == "admin").order_by(User.id)
    return [user.uid for user in rows]
