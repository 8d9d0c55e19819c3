"""The backups that are there: in which folder, of which moments, and which of them are kept."""

import re
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from models.shared.storage import storage

DAYS, WEEKS, MONTHS = 7, 4, 6
FRESH = timedelta(hours=24)  # in which all are kept
NAME_OF_BACKUP = re.compile(r"backup-(\d{8}T\d{6})Z\.zip")
MOMENT_FORM = "%Y%m%dT%H%M%S"


def backup_folder() -> Path:
    """Where they are."""
    folder: Path = storage.beside("backups")
    return folder


def name_for(moment: datetime) -> str:
    """What the backup of this moment is called."""
    return f"backup-{moment.astimezone(UTC).strftime(MOMENT_FORM)}Z.zip"


def unused_name(folder: Path, moment: datetime) -> Path:
    """No two have one name, also when the clock was set back."""
    while (path := folder / name_for(moment)).exists():
        moment += timedelta(seconds=1)
    return path


def moment_of(path: Path) -> datetime | None:
    """When it was made, as its name says; None for another file."""
    found = NAME_OF_BACKUP.fullmatch(path.name)
    with suppress(ValueError):
        return datetime.strptime(found[1], MOMENT_FORM).replace(tzinfo=UTC) if found else None
    return None


def kept_backups(folder: Path) -> dict[Path, datetime]:
    """Those in the folder, the oldest first. Each was checked before it got its name."""
    with suppress(OSError):
        moments = {path: moment_of(path) for path in folder.glob("backup-*.zip")}
        found = [(moment, path) for path, moment in moments.items() if moment]
        return {path: moment for moment, path in sorted(found)}
    return {}


def newest_backup(folder: Path, until: datetime | None = None) -> Path | None:
    """The last one, or the last one of that moment or before."""
    found = [path for path, moment in kept_backups(folder).items() if until is None or moment <= until]
    return found[-1] if found else None


def remove_old(folder: Path, newest: Path) -> list[Path]:
    """Remove those that are not kept, and say which. What is not older than `newest` stays, also with a wrong clock."""
    backups = kept_backups(folder)
    now = backups[newest]
    old = {path: moment for path, moment in backups.items() if moment < now}
    keep = {path for path, moment in old.items() if moment > now - FRESH}
    of_day: Callable[[datetime], object] = datetime.date
    keep |= last_of_each(old, of_day, DAYS - 1, now)
    keep |= last_of_each(old, lambda moment: moment.isocalendar()[:2], WEEKS - 1, now)
    keep |= last_of_each(old, lambda moment: (moment.year, moment.month), MONTHS - 1, now)
    gone = [path for path in old if path not in keep]
    for path in gone:
        path.unlink(missing_ok=True)
    return gone


def last_of_each(
    backups: dict[Path, datetime], part_of: Callable[[datetime], object], most: int, now: datetime
) -> set[Path]:
    """The last one of each day, week or month, of so many of those before now's."""
    last = {part_of(moment): path for path, moment in backups.items() if part_of(moment) != part_of(now)}
    return set([*last.values()][-most:])
