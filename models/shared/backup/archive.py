"""A backup that is there: a zip, which is read with doubt."""

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import IO, Self

from models.shared.backup.manifest import LARGEST_MANIFEST, NAME_OF_MANIFEST, BadBackup, Manifest
from models.shared.ownership import make_private_file

PIECE_BYTES = 1024 * 1024  # bytes
# What Python's zipfile raises for what is damaged.
DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, KeyError)


class FolderOfFiles:
    """A folder that is looked at as if it were a zip."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def infolist(self) -> list[zipfile.ZipInfo]:
        """The name and the size of each file in it."""
        found = []
        for file in self.path.rglob("*"):
            if not file.is_dir():
                info = zipfile.ZipInfo(file.relative_to(self.path).as_posix())
                info.file_size = file.stat().st_size
                found.append(info)
        return found

    def open(self, name: str) -> IO[bytes]:
        """A file in it."""
        return (self.path / name).open("rb")

    def close(self) -> None:
        """Nothing is open."""


class Archive:
    """A backup that is there: the zip or the folder `path`. BadBackup for what is none, and for what is damaged."""

    def __init__(self, path: Path) -> None:
        self.path = path
        with self.in_words():
            self.zip = FolderOfFiles(path) if path.is_dir() else zipfile.ZipFile(path)
            self.manifest = Manifest.read(self.content(NAME_OF_MANIFEST, LARGEST_MANIFEST), path.name)
        self.check_names()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.zip.close()

    @contextmanager
    def in_words(self) -> Iterator[None]:
        """What is found amiss is told with the name of the file."""
        try:
            yield
        except BadBackup:
            raise
        except DAMAGED as error:
            reason = "it is no zip file, or its end is missing" if "not a zip" in str(error) else str(error)
            raise BadBackup(f"{self.path.name} is damaged or cut: {reason}") from None
        except OSError as error:
            raise BadBackup(f"{self.path} cannot be read: {error.strerror or error}") from None

    def content(self, name: str, most: int) -> bytes:
        """All of a file in it that has at most so many bytes."""
        with self.zip.open(name) as file:
            content = file.read(most + 1)
        if len(content) > most:
            raise BadBackup(f"{self.path.name} has a file that is too large: {name}")
        return content

    def check_names(self) -> None:
        """BadBackup when it has other files, or of other sizes, than its manifest says."""
        said = {name: size for name, (size, _) in self.manifest.files.items()}
        there = [(info.filename, info.file_size) for info in self.zip.infolist() if info.filename != NAME_OF_MANIFEST]
        for name, size in there:
            if said.get(name) != size:
                raise BadBackup(f"{self.path.name} is damaged: {name!r} is not as its manifest says")
        if len(there) != len(said):
            names = [name for name, _ in there]
            odd = next((each for each in said if each not in names), None) or "a file that is there twice"
            raise BadBackup(f"{self.path.name} is damaged: it lacks {odd!r}")

    def pieces(self, name: str) -> Iterator[bytes]:
        """Of a file in it, never more than the manifest says. BadBackup at its end when the digest is another one."""
        size, expected = self.manifest.files[name]
        digest, done = sha256(), 0
        with self.in_words(), self.zip.open(name) as file:
            while done <= size and (piece := file.read(PIECE_BYTES)):
                done += len(piece)
                digest.update(piece)
                yield piece
        if done != size or digest.hexdigest() != expected:
            raise BadBackup(f"{self.path.name} is damaged: {name} is not what was put into it")

    def check(self) -> None:
        """Look at each byte: BadBackup when one is another."""
        for name in self.manifest.files:
            for _piece in self.pieces(name):
                pass

    def unpack(self, name: str, target: Path) -> None:
        """Write a file of it into the new file `target`, for its owner's eyes only."""
        make_private_file(target)
        with target.open("r+b") as file:
            for piece in self.pieces(name):
                file.write(piece)
