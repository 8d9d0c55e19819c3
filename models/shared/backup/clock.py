"""Makes a backup when it is time for one. Each process looks, and whoever is first does it for all."""

import atexit
import logging
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event, Thread

from models.shared.backup.at_work import UnderWay
from models.shared.backup.kept import backup_folder, kept_backups
from models.shared.backup.making import make_backup
from models.shared.start_errors import Unusable

LOOK_SECONDS = 60
AGAIN_SECONDS = 60 * 60  # after a failure
END_SECONDS = 2  # to wait for a step when the process ends

log_of_backups = logging.getLogger("portfolio")


class Ending(BaseException):
    """The process is about to end."""


class BackupClock:
    """`when` is that of the setting BACKUPS, `version` that of the program."""

    def __init__(self, when: str, version: str) -> None:
        self.when, self.version = when, version
        self.stopped = Event()
        self.thread = Thread(target=self.run, name="backups", daemon=True)

    def start(self) -> None:
        """Look from time to time, until the process ends."""
        atexit.register(self.stop)
        self.thread.start()

    def stop(self) -> None:
        """Give up a backup that is under way; nothing of it is left."""
        self.stopped.set()
        self.thread.join(END_SECONDS)

    def run(self) -> None:
        """Until the process ends."""
        seconds = 1.0
        while not self.stopped.wait(seconds):
            try:
                seconds = AGAIN_SECONDS if self.look() == "failed" else LOOK_SECONDS
            except Ending:
                return

    def look(self) -> str:
        """Make a backup if it is time: `made`, `failed`, or `nothing`, also when somebody else is making one."""
        folder = backup_folder()
        if not is_due(self.when, folder, datetime.now().astimezone()):
            return "nothing"
        try:
            path = make_backup(self.version, folder, told=self.go_on)
        except UnderWay:
            return "nothing"
        except Unusable as error:
            log_of_backups.error("No backup could be made: %s", error)
            return "failed"
        log_of_backups.info("Made the backup %s", path.name)
        return "made"

    def go_on(self, _done: int, _all: int) -> None:
        """Ending, when there is no time for more."""
        if self.stopped.is_set():
            raise Ending


def is_due(when: str, folder: Path, now: datetime) -> bool:
    """Whether none has been made since it was time. One from the future counts as none, as clocks go wrong."""
    since = now - timedelta(days=1) if when == "daily" else last_time(int(when), now)
    return not any(since <= moment <= now for moment in kept_backups(folder).values())


def last_time(hour: int, now: datetime) -> datetime:
    """When it was that hour of the day last."""
    today = now.replace(hour=hour, minute=0, second=0, microsecond=0)
    return today if today <= now else today - timedelta(days=1)
