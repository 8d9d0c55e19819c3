"""A backup that comes into being, file by file: a zip, or a folder."""

import os
import zipfile
from dataclasses import replace
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import IO, Self

from models.shared.backup.archive import PIECE_BYTES
from models.shared.backup.manifest import NAME_OF_MANIFEST, Manifest
from models.shared.ownership import make_private_file, make_private_folder

SYNCED_AFTER = 8 * PIECE_BYTES  # so that nobody who writes rows has to wait for a large sync
QUICKLY = 1  # level: a database shrinks to a third, and the rest of the time would bring little


class ArchiveWriter:
    """Writes the new zip `path`, file by file; the manifest comes last."""

    def __init__(self, path: Path) -> None:
        make_private_file(path)
        self.file = path.open("r+b")
        self.zip = zipfile.ZipFile(self.file, "w")
        self.files: dict[str, tuple[int, str]] = {}
        self.synced_to = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.file.close()

    def add(self, name: str, source: IO[bytes], is_packed: bool = False) -> None:
        """All of `source`, which is packed if that is worth the time."""
        info = zipfile.ZipInfo(name)
        info.compress_type = zipfile.ZIP_DEFLATED if is_packed else zipfile.ZIP_STORED
        info._compresslevel = QUICKLY  # type: ignore[attr-defined]  # Python 3.11 has no other way for a stream
        digest, size = sha256(), 0
        with self.zip.open(info, "w", force_zip64=True) as target:
            while piece := source.read(PIECE_BYTES):
                target.write(piece)
                digest.update(piece)
                size += len(piece)
                self.sync_some()
        self.files[name] = size, digest.hexdigest()

    def sync_some(self) -> None:
        """Have the disk take what is written, a part at a time."""
        if self.file.tell() > self.synced_to + SYNCED_AFTER:
            self.synced_to = self.file.tell()
            self.sync()

    def sync(self) -> None:
        """Wait until the disk has it."""
        self.file.flush()
        os.fsync(self.file.fileno())

    def finish(self, manifest: Manifest) -> Manifest:
        """Write the manifest, with the digests; afterwards all is on the disk."""
        full = replace(manifest, files=dict(sorted(self.files.items())))
        self.zip.writestr(zipfile.ZipInfo(NAME_OF_MANIFEST), full.text(), zipfile.ZIP_DEFLATED)
        self.zip.close()
        self.sync()
        return full


class FolderWriter:
    """The same as the new folder `path`."""

    def __init__(self, path: Path) -> None:
        make_private_folder(path)
        self.path = path
        self.files: dict[str, tuple[int, str]] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """All is on the disk after each file."""

    def add(self, name: str, source: IO[bytes], is_packed: bool = False) -> None:
        """All of `source`, as it is."""
        digest, size = sha256(), 0
        make_private_folder((self.path / name).parent)
        make_private_file(self.path / name)
        with (self.path / name).open("r+b") as target:
            while piece := source.read(PIECE_BYTES):
                target.write(piece)
                digest.update(piece)
                size += len(piece)
            target.flush()
            os.fsync(target.fileno())
        self.files[name] = size, digest.hexdigest()

    def finish(self, manifest: Manifest) -> Manifest:
        """Write the manifest, with the digests."""
        full = replace(manifest, files=dict(sorted(self.files.items())))
        self.add(NAME_OF_MANIFEST, BytesIO(full.text().encode()))
        return full
