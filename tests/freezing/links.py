"""Follows the links of files as a browser would on a plain host."""

import json
import re
from urllib.parse import unquote, urljoin, urlsplit

from bs4 import BeautifulSoup

ADDRESSES = {"href", "src", "action", "data-index"}
HOST = "http://host.example"
LINKS_OF_JSON = {"next", "previous", "url", "thumb"}


def broken(folder, base="/"):
    """Each link that leads to no file or away, with the file that has it; of those that are reached from the first."""
    queue, seen, found = [base], {base}, set()
    while queue:
        path = queue.pop()
        for link in links_of(file_at(folder, path, base)):
            target = urlsplit(urljoin(HOST + path, link))
            away = f"{target.scheme}://{target.netloc}" != HOST or not target.path.startswith(base) or target.query
            if away or not file_at(folder, target.path, base).is_file():
                found.add((path, link))
            elif target.path not in seen:
                seen.add(target.path)
                queue.append(target.path)
    return found, seen


def file_at(folder, path, base):
    name = unquote(path.removeprefix(base))
    return folder / (f"{name}index.html" if not name or name.endswith("/") else name)


def links_of(file):
    if file.suffix == ".html":
        for element in BeautifulSoup(file.read_text(), "html.parser").find_all(True):
            yield from (element[name] for name in ADDRESSES & element.attrs.keys())
    elif file.suffix == ".json" and "api" in file.parts and file.name != "openapi.json":
        yield from in_json(json.loads(file.read_text()), "")
    elif file.suffix == ".css":
        yield from re.findall(r'url\("([^"]*)"\)', file.read_text())


def in_json(value, name):
    if isinstance(value, dict):
        for key, each in value.items():
            yield from in_json(each, key)
    elif isinstance(value, list):
        for each in value:
            yield from in_json(each, name)
    elif name in LINKS_OF_JSON and value:
        yield value
