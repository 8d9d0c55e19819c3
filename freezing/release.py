"""`--release`: each freeze is a folder of its own, and a symbolic link is turned to it in one step."""

import os
import re
import shutil
from datetime import datetime
from pathlib import Path

from freezing.failed import FreezeFailed
from freezing.target import Target, read_if_there, remove_file, write_file, write_json_file


class Release(Target):
    """`link` is what a server serves. Files that are as in the last release are the same files, where the disk can."""

    def __init__(self, link: Path) -> None:
        self.link = link
        self.last = link.resolve() if link.is_symlink() else None
        super().__init__(link.with_name(f"{link.name}-{datetime.now():%Y%m%dT%H%M%S%f}"))
        self.lock = link.with_name(f".{link.name}.lock")  # one for all releases

    def require_ours(self) -> None:
        """FreezeFailed when something else has the name of the link."""
        if self.link.exists() and not self.link.is_symlink():
            raise FreezeFailed(f"{self.link} is no symbolic link. Nothing was touched.")
        if self.last and self.last.exists() and not Target(self.last).manifest.exists():
            raise FreezeFailed(f"{self.link} leads to what freeze has not made. Nothing was touched.")

    def begin(self) -> None:
        """A release that was not made whole goes."""
        self.require_ours()
        for old in self.releases():
            if not Target(old).manifest.exists():
                shutil.rmtree(old)
        self.own.mkdir(parents=True)
        self.before = set(Target(self.last).names_of_before()) if self.last and self.last.exists() else set()

    def keep(self, name: str, content: bytes) -> None:
        """Write a file into the new folder, or have the one of the last release there, too."""
        there, old = self.path / name, self.last / name if self.last else None
        self.names.append(name)
        if old and read_if_there(str(old)) == content:
            there.parent.mkdir(parents=True, exist_ok=True)
            try:
                os.link(old, there)
            except OSError:  # another disk, or one that has no such names
                shutil.copy2(old, there)
            return
        write_file(str(there), content)
        self.changed.append((name, True))

    def finish(self) -> tuple[int, int]:
        """Turn the link. The last release stays for who is reading it, those before it go."""
        write_json_file(self.manifest, {"files": sorted(self.names)})
        beside = self.link.with_name(f"{self.link.name}.part")
        beside.unlink(missing_ok=True)
        beside.symlink_to(self.path.name)
        beside.replace(self.link)
        for old in self.releases():
            if old not in (self.path, self.last):
                remove_release(old)
        return len(self.changed), len(self.before - set(self.names))

    @property
    def state(self) -> str:
        """The link is turned last."""
        return f"Nothing was changed in {self.link}."

    def throw_away(self) -> None:
        """All of the new folder."""
        if not self.manifest.exists():
            shutil.rmtree(self.path, ignore_errors=True)

    def releases(self) -> list[Path]:
        """The folders that were made so, with the last one."""
        name = re.compile(re.escape(self.link.name) + "-[0-9]{8}T[0-9]{12}")
        there = self.link.parent.iterdir() if self.link.parent.exists() else []
        return [each.resolve() for each in there if name.fullmatch(each.name) and Target(each).own.is_dir()]


def remove_release(folder: Path) -> None:
    """Its own files; what somebody else has put there stays."""
    target = Target(folder)
    for name in target.names_of_before():
        remove_file(folder, name)
    shutil.rmtree(target.own)
    if not any(folder.iterdir()):
        folder.rmdir()
