"""The files of pictures are held while a backup is made, as their rows may be deleted meanwhile."""

import os
from pathlib import Path

from models.shared.ownership import make_private_folder
from models.shared.storage import storage


class HeldPictures:
    """The files of the storage, also in the new folder `place`."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self.changed = -1
        make_private_folder(place)

    def hold(self) -> None:
        """Those that are new since the last time."""
        changed = storage.last_change()
        if changed != self.changed:
            self.changed = changed
            self.hold_these(set(storage.names()))

    def hold_these(self, names: set[str]) -> None:
        """Those of the `names` that are not held yet."""
        storage.hold(names.difference(os.listdir(self.place)), self.place)  # noqa: PTH208 - names are all it takes
