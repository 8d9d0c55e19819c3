"""The files of pictures are held while a backup is made, as their rows may be deleted meanwhile."""

import os
import shutil
from contextlib import suppress
from pathlib import Path

from models.shared.ownership import make_private_folder
from models.shared.storage import Folder


class HeldPictures:
    """A second name for each file of a folder, in the new folder `place`: it costs no room on the same disk."""

    def __init__(self, folder: Folder, place: Path) -> None:
        self.folder, self.place = folder, place
        self.changed = -1
        make_private_folder(place)

    def hold(self) -> None:
        """Those that are new since the last time."""
        try:
            changed = self.folder.path.stat().st_mtime_ns
        except FileNotFoundError:
            return  # no picture has ever been kept
        if changed != self.changed:
            self.changed = changed
            for name in set(self.folder.names()).difference(os.listdir(self.place)):  # noqa: PTH208 - names are all it takes
                with suppress(FileNotFoundError):
                    self.hold_one(name)

    def hold_one(self, name: str) -> None:
        """By a link where the file system has some, else by a copy."""
        try:
            os.link(self.folder.path / name, self.place / name)
        except FileNotFoundError:
            raise
        except OSError:
            shutil.copyfile(self.folder.path / name, self.place / name)
