"""Rows that are kept for a while only."""

from datetime import timedelta
from typing import Any, ClassVar

from models.shared.fields import utc_now
from models.shared.rows import BaseModel


class ShortLived(BaseModel):
    """A row that was `created` at some time, and is forgotten after `memory`."""

    history = False

    memory: ClassVar[timedelta]
    created: Any

    @classmethod
    def is_over(cls) -> Any:
        """Those that are too old, or that a clock which was set back has left far in the future."""
        now = utc_now()
        return (cls.created <= now - cls.memory) | (cls.created > now + cls.memory)

    @classmethod
    def sweep(cls) -> None:
        """Forget those that are over."""
        cls.delete().where(cls.is_over()).execute()
