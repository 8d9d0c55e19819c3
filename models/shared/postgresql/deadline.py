"""How long somebody waits for a server that says nothing: a system keeps the connections of one that is frozen."""

from contextvars import ContextVar
from time import monotonic


class WaitingTime:
    """Of one request: so many seconds from the last word of the server. Then whoever waits gives up."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.renew()

    def renew(self) -> None:
        """The server has said something."""
        self.until = monotonic() + self.seconds

    def left(self) -> float:
        """Seconds."""
        return max(0.0, self.until - monotonic())


deadline: ContextVar[WaitingTime | None] = ContextVar("deadline", default=None)  # none for a command
