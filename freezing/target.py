"""The folder that is published: made whole aside first, then changed file by file, so that it serves at any moment."""

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from freezing.failed import FreezeFailed
from freezing.names import is_safe, turn_of
from models.shared.storage import NO_ROOM
from models.shared.unavailable import FULL

OURS = ".freeze"  # a folder in it: what freeze has made, and what it is just making
MAY_BE_THERE = {".git", ".gitignore", ".nojekyll", "CNAME"}  # where nothing has been frozen yet


class Target:
    """`path` is a folder that is not there, or empty, or one that was made here. FreezeFailed for any other."""

    def __init__(self, path: Path) -> None:
        self.path, self.own = path, path / OURS
        self.aside, self.journal, self.manifest = (self.own / name for name in ("new", "journal.json", "files.json"))
        self.lock = self.own / "lock"
        self.names: list[str] = []
        self.changed: list[tuple[str, bool]] = []  # and whether nothing was there
        self.plain: set[str] = set()

    def begin(self) -> None:
        """Finish what a killed run had begun to put in place; what it had not made whole is thrown away."""
        self.require_ours()
        self.own.mkdir(parents=True, exist_ok=True)
        if self.journal.exists():
            self.put_in_place(read_lists(self.journal, "put", "from", "gone", "files"))
        shutil.rmtree(self.aside, ignore_errors=True)
        self.before = set(self.names_of_before())

    def require_ours(self) -> None:
        if self.path.exists() and not self.path.is_dir():
            raise FreezeFailed(f"{self.path} is no folder. Nothing was touched.")
        there = {each.name for each in self.path.iterdir()} if self.path.exists() else set()
        if OURS not in there and there - MAY_BE_THERE:
            raise FreezeFailed(
                f"{self.path} has files that freeze has not made. Nothing was touched: name a new folder."
            )

    def names_of_before(self) -> list[str]:
        """What an earlier run has made."""
        return read_lists(self.manifest, "files")["files"] if self.manifest.exists() else []

    def keep(self, name: str, content: bytes) -> None:
        """Write a file aside, unless what is in its place is the same already."""
        self.require_plain(name.rpartition("/")[0])
        there = f"{self.path}/{name}"
        old = read_if_there(there)
        is_ours = name in self.before
        if old is not None and not is_ours and old != content:
            raise FreezeFailed(f"{there} is there, and freeze has not made it. Nothing was changed.")
        if old is None or is_ours:
            self.names.append(name)
        if old != content:
            write_file(self.place_aside(len(self.changed)), content)
            self.changed.append((name, old is None))

    def place_aside(self, number: int) -> str:
        """Of the file that is kept as this one: in one folder, as to make many takes its time."""
        return f"{self.aside}/{number}"

    def require_plain(self, folder: str) -> None:
        """FreezeFailed where a link would lead out of the folder, or where a file has the name of a folder."""
        if not folder or folder in self.plain:
            return
        self.require_plain(folder.rpartition("/")[0])
        there = self.path / folder
        if there.is_symlink():
            raise FreezeFailed(f"{there} is a link, so freeze does not write there. Nothing was changed.")
        if there.is_file():
            raise FreezeFailed(f"{there} is a file, and freeze needs a folder there. Nothing was changed.")
        self.plain.add(folder)

    def finish(self) -> tuple[int, int]:
        """Put everything in its place; how many files have changed, and how many are gone."""
        order = sorted(range(len(self.changed)), key=lambda number: turn_of(*self.changed[number]))
        gone = sorted(self.before - set(self.names))
        steps = {"put": [self.changed[number][0] for number in order], "gone": gone, "files": sorted(self.names)}
        steps["from"] = [str(number) for number in order]
        write_json_file(self.journal, steps)
        self.put_in_place(steps)
        return len(order), len(gone)

    def put_in_place(self, steps: dict[str, list[str]]) -> None:
        """Each step may have been done before."""
        for number, name in zip(steps["from"], steps["put"], strict=True):
            move(f"{self.aside}/{number}", f"{self.path}/{name}")
        for name in steps["gone"]:
            remove_file(self.path, name)
        write_json_file(self.manifest, {"files": steps["files"]})
        self.journal.unlink(missing_ok=True)
        shutil.rmtree(self.aside, ignore_errors=True)

    @property
    def state(self) -> str:
        """What an error has left of it, in words."""
        if self.journal.exists():
            return f"Not all is in its place yet in {self.path}: the next freeze goes on with it."
        return f"Nothing was changed in {self.path}."

    def throw_away(self) -> None:
        """What was made aside, unless it is whole already; of a folder that was not there, nothing stays."""
        if self.journal.exists():
            return
        shutil.rmtree(self.aside, ignore_errors=True)
        if not self.manifest.exists():
            shutil.rmtree(self.own, ignore_errors=True)
            with suppress(OSError):
                self.path.rmdir()


@contextmanager
def nothing_half_done(target: Target) -> Iterator[None]:
    """What was made aside goes when it cannot become whole, also for want of room."""
    try:
        yield
    except OSError as error:
        target.throw_away()
        place = error.filename2 or error.filename or target.path
        words = FULL if error.errno in NO_ROOM else f"{place}: {error.strerror}."
        raise FreezeFailed(f"{words} {target.state}") from None
    except BaseException:
        target.throw_away()
        raise


def remove_file(top: Path, name: str) -> None:
    """With the folders that are empty then."""
    (top / name).unlink(missing_ok=True)
    folder = (top / name).parent
    while folder != top:
        try:
            folder.rmdir()
        except OSError:
            return
        folder = folder.parent


def move(old: str, new: str) -> None:
    """Unless it has been moved before."""
    try:
        os.replace(old, new)  # noqa: PTH105
    except FileNotFoundError:
        if os.path.exists(old):  # noqa: PTH110
            os.makedirs(os.path.dirname(new), exist_ok=True)  # noqa: PTH103, PTH120
            os.replace(old, new)  # noqa: PTH105


def read_if_there(path: str) -> bytes | None:
    """Of many small files, so with as little around it as may be."""
    try:
        with open(path, "rb", buffering=0) as file:  # noqa: PTH123
            return file.read()
    except (FileNotFoundError, NotADirectoryError):
        return None


def write_file(path: str, content: bytes) -> None:
    """With the folder that it is in."""
    try:
        file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o666)
    except FileNotFoundError:
        os.makedirs(os.path.dirname(path), exist_ok=True)  # noqa: PTH103, PTH120
        write_file(path, content)
        return
    with open(file, "wb", buffering=0) as opened:  # noqa: PTH123
        opened.write(content)


def write_json_file(path: Path, content: object) -> None:
    """It is there whole, or as it was before."""
    beside = path.with_name(f"{path.name}.part")
    beside.write_text(json.dumps(content, indent=0), encoding="utf-8")
    beside.replace(path)


def read_lists(path: Path, *names: str) -> dict[str, list[str]]:
    """Lists of files by these names. FreezeFailed when somebody has made something else of it."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except ValueError:
        found = None
    lists: dict[str, Any] = {name: found.get(name) for name in names} if isinstance(found, dict) else {"": None}
    if not all(isinstance(each, list) and all(map(is_safe, each)) for each in lists.values()):
        raise FreezeFailed(f"{path} has been changed by somebody. Nothing was touched.")
    return lists
