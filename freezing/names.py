"""Which file an address is, and how one file leads to another. Any host and any system must be able to have it."""

import re

from freezing.failed import FreezeFailed

FORBIDDEN = re.compile(r'[<>:"|?*\\%\x00-\x1f\x7f]')
OF_WINDOWS = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?")
LONGEST_PART = 255  # bytes of a name between two slashes
PAGE_NUMBER = re.compile(r"/page/([0-9]+)(?:/index\.html|\.json|$)")
AS_THEY_ARE = ("static/", "uploads/")


def name_of_file(path: str, lists: frozenset[str] = frozenset()) -> str:
    """The name of the file for a path; `lists` are those of lists of rows in JSON, whose first page has a number."""
    name = path.strip("/")
    if name.startswith(AS_THEY_ARE) or ("." in name.rpartition("/")[2]):
        return name
    if name.startswith("api/"):
        return f"{name}/page/1.json" if path in lists else f"{name}.json"
    return f"{name}/index.html" if name else "index.html"


def place_of_file(name: str) -> str:
    """What stands in an address for a file: for an index its folder."""
    return name.removesuffix("index.html") if name.endswith(("/index.html",)) or name == "index.html" else name


def way_up(name: str) -> str:
    """From this file to the folder that all are in."""
    return "../" * name.count("/") or "./"


class FileNames:
    """All files of a freeze. Two that one folder could not hold beside each other are refused, on whatever system."""

    def __init__(self) -> None:
        self.files: dict[str, str] = {}  # by what a system that is not exact would make of them
        self.folders: dict[str, str] = {}

    def add(self, name: str) -> None:
        """FreezeFailed for a name that cannot be."""
        *folders, _ = parts = name.split("/")
        for part in parts:
            check_part(part, name)
        alike = name.casefold()
        other = self.files.get(alike) or self.folders.get(alike)
        if other:
            raise FreezeFailed(f"{name} and {other} would be one file on some systems.")
        self.files[alike] = name
        for end in range(1, len(folders) + 1):
            self.add_folder("/".join(folders[:end]), name)

    def add_folder(self, folder: str, name: str) -> None:
        """The folder of a file, which may be there already by just this name."""
        alike = folder.casefold()
        known = self.folders.setdefault(alike, folder)
        if alike in self.files or known != folder:
            raise FreezeFailed(f"{name} and {self.files.get(alike) or known} would be one file on some systems.")


def check_part(part: str, name: str) -> None:
    """FreezeFailed for what some system or host would not have, or would take for something else."""
    is_dotted = part.endswith((".", " ")) or part.startswith((".", " "))
    too_long = len(part.encode()) > LONGEST_PART
    if not part or is_dotted or too_long or FORBIDDEN.search(part) or OF_WINDOWS.fullmatch(part.casefold()):
        raise FreezeFailed(f"{name} cannot be the name of a file on every system.")


def is_safe(name: object) -> bool:
    """Whether a name that a file of ours says leads nowhere else."""
    return isinstance(name, str) and bool(name) and not any(part in ("", ".", "..") for part in name.split("/"))


def turn_of(name: str, is_new: bool) -> tuple[int, bool, int, str]:
    """When it is put in its place: nothing may lead to what is not there yet.

    Pictures and style come first, then rows, then lists, then what leads to all. What is new comes before what has
    changed, and of a list the last page first.
    """
    parts = name.removeprefix("api/").split("/")
    is_list = len(parts) > 1 and parts[1] in ("index.html", "page", "by", "search.json")
    rank = 0 if name.startswith(AS_THEY_ARE) else 3 if "/" not in name else 2 if is_list else 1
    number = PAGE_NUMBER.search(name)
    return rank, not is_new, -int(number[1]) if number else -1, name
