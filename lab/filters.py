"""Which of the requests a list shows, as its address says."""

from dataclasses import dataclass

from lab.record import Record
from routes.shared.query import query

SLOW_MILLISECONDS = 100
FROM_HERE = "ours"  # asked for by pages of this site, and by programs


@dataclass(frozen=True)
class Chosen:
    """A part of the `path`; the `origin` of the page that asked, or `ours`; only those that were slow, or failed."""

    path: str = ""
    origin: str = ""
    slow: bool = False
    failed: bool = False

    def takes(self, record: Record) -> bool:
        """Whether the list has this one."""
        if self.path.lower() not in record.path.lower():
            return False
        if self.origin and (record.origin or FROM_HERE) != self.origin:
            return False
        return (not self.slow or is_slow(record)) and (not self.failed or has_failed(record))


def is_slow(record: Record) -> bool:
    """Whether it took its time, or one of its statements did."""
    return record.ms > SLOW_MILLISECONDS or any(each.kind == "slow" for each in record.warnings)


def has_failed(record: Record) -> bool:
    """Whether it was refused, or went wrong."""
    return record.status >= 400 or record.failure is not None


def sent_filter() -> Chosen:
    """The one in the address."""
    sent = query()
    return Chosen(
        sent.get("path", "").strip(), sent.get("origin", ""), bool(sent.get("slow")), bool(sent.get("failed"))
    )
