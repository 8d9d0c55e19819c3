"""Goes through the whole site as a visitor, and gives each page as a file whose addresses lead to files."""

import json
import re
from collections import deque
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import quote

from freezing.failed import FreezeFailed
from freezing.names import PAGE_NUMBER, FileNames, name_of_file, place_of_file, way_up
from freezing.visitor import FoundPage, Visitor
from models.shared.storage import storage

LIVE_FORM = re.compile(rb"<form\b[^>]*\s(?:action|method)\s*=")
WITH_ADDRESSES = ("text/html", "application/json", "text/csv")
IN_STYLE = re.compile(r"url\(\s*[\"']?(?!data:|#)([^\"')]+)")
REFUSED_WORDS = {
    303: "is for those who are logged in",
    401: "is for those who are logged in",
    403: "is not open to visitors",
    404: "is not there",
}


class Crawl:
    """`base` stands before each address, or nothing, and then addresses lead from file to file.

    `lists` are the paths of the lists of rows in JSON. `made` are paths that are not asked for: their files are made
    afterwards.
    """

    def __init__(self, visitor: Visitor, base: str, lists: frozenset[str], made: frozenset[str]) -> None:
        self.visitor, self.base, self.lists, self.made = visitor, base, lists, made
        self.address = re.compile(re.escape(visitor.mark) + r"([^\"'<>\s\\),#]*)")
        self.names = FileNames()
        self.places: dict[str, str] = {}  # where files are, by the paths that lead there
        self.queue: deque[str] = deque()
        self.leads: dict[str, str] = {}  # what leads to a path in the queue, or to one that is
        self.waiting: dict[str, str] = {}  # for the page before it
        self.pictures = set(storage.names())
        self.done: list[str] = []  # paths of pages

    def files(self, begin: list[str], heard: Callable[[str, Any], None]) -> Iterator[tuple[str, bytes]]:
        """Each file with its content. `heard` gets what each page of a list of rows says."""
        for path in begin:
            self.place_of(path, "the site")
        while self.queue:
            path = self.queue.popleft()
            found = self.visitor.ask(path)
            self.visitor.frozen.places.pop(path, None)
            check(found, path, self.leads.pop(path))
            if PAGE_NUMBER.sub("", path) in self.lists:
                heard(path, json.loads(found.body))
            if found.kind == "text/html":
                self.done.append(path)
            name = self.name_of(path)
            yield name, self.rewritten(found, path, name)
            for each in [each for each in self.visitor.frozen.places if each in self.waiting]:
                self.expect(each, self.waiting.pop(each))
        for path, leads in self.waiting.items():
            raise FreezeFailed(f"{path}, to which {leads} leads, is not there.")

    def rewritten(self, found: FoundPage, path: str, name: str) -> bytes:
        """With addresses that lead to files."""
        if found.kind == "text/css":
            for other in IN_STYLE.findall(found.body.decode()):
                self.place_of(f"{path.rpartition('/')[0]}/{other}", path)
        if found.kind not in WITH_ADDRESSES:
            return found.body
        return self.with_addresses(found.body.decode(), path, self.base or way_up(name)).encode()

    def with_addresses(self, text: str, path: str, start: str) -> str:
        """`text`, which `path` says, with addresses that begin with `start`."""

        def address(found: re.Match[str]) -> str:
            place = self.places.get(found[1])
            return start + (self.place_of(found[1], path) if place is None else place)

        return self.address.sub(address, text)

    def place_of(self, path: str, leads: str) -> str:
        """Where the file is to which a path leads, from the folder that all are in. It is asked for later."""
        path = path or "/"
        if path not in self.places:
            if "?" in path:
                raise FreezeFailed(f"{path}, to which {leads} leads, cannot be a file, as it has a question mark.")
            name = self.name_of(path)
            self.names.add(name)
            self.places[path] = quote(place_of_file(name))
            self.expect(path, leads)
        return self.places[path]

    def name_of(self, path: str) -> str:
        """The file. In place of a picture that is lost there is a note."""
        name = name_of_file(path, self.lists)
        is_lost = name.startswith("uploads/") and name.removeprefix("uploads/") not in self.pictures
        return f"{name}.svg" if is_lost else name

    def expect(self, path: str, leads: str) -> None:
        """Ask for it; for a page of a list not before the last one has said where it begins."""
        number = PAGE_NUMBER.search(path)
        if number and int(number[1]) > 1 and path not in self.visitor.frozen.places:
            self.waiting[path] = leads
        elif path not in self.made:
            self.leads[path] = leads
            self.queue.append(path)


def check(found: FoundPage, path: str, leads: str) -> None:
    """FreezeFailed for what is no page, or has a form that would do nothing."""
    is_note = found.status == 404 and found.kind == "image/svg+xml"
    if found.status != 200 and not is_note:
        words = REFUSED_WORDS.get(found.status, f"is answered with {found.status}")
        raise FreezeFailed(f"{path}, to which {leads} leads, {words}.")
    if found.kind == "text/html" and LIVE_FORM.search(found.body):
        raise FreezeFailed(f"{path} has a form, which would do nothing in a file. In its view: % if not frozen:")
