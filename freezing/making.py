"""Makes all files of a freeze: what the site answers, and what only a folder of files has."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, NamedTuple

from freezing.backend import policy_for
from freezing.crawl import Crawl
from freezing.failed import FreezeFailed
from freezing.for_others import feed_file, sitemap_files
from freezing.forms import FOR_SCRIPTS, pages_for_scripts, section_for_scripts
from freezing.search_index import SearchIndex
from freezing.told_rows import actions_of
from freezing.visitor import Visitor
from models.shared.live_copy import Told
from models.shared.loading import all_models
from models.shared.rows import BaseModel
from routes.shared.site import Site
from routes.shared.state import Frozen

NOWHERE = "/static/nothing"  # anybody may ask for it, whatever the settings are
BEGINNINGS = ("/", "/docs", "/docs/make-your-own", "/api/openapi.json")
NO_JEKYLL = ".nojekyll"  # tells GitHub Pages to leave the files as they are


class Wishes(NamedTuple):
    """Where the files will be: `site` with its host, `base` before each address, or nothing for addresses from file to
    file; `top` is the path that all have. `api` is where a program answers. `backend` is the one that the pages
    themselves ask, if there is one.
    """

    site: str
    base: str
    top: str
    api: str
    backend: str = ""


def make_files(site: Site, wishes: Wishes, keep: Callable[[str, bytes], None], told: Told) -> int:
    """Give each file to `keep`, and tell how many are done of those that are known. It gives the pages."""
    visitor = Visitor(site, frozen_with(site, wishes))
    indexes = {f"/api/{model.plural}": SearchIndex(model) for model in open_models(visitor)}
    made = frozenset(f"{each.path}/search.json" for each in indexes.values() if each.model.searched) | {"/feed.xml"}
    crawl = Crawl(visitor, wishes.base, frozenset(indexes), made)

    def heard(path: str, answer: dict[str, Any]) -> None:
        index = indexes[list_of(path)]
        rows = answer[index.model.plural]
        index.add(path, rows)
        for row in rows:
            crawl.place_of(f"/api{index.path}/{row['id']}", path)
            if index.model.has_page:
                crawl.place_of(f"{index.path}/{row['id']}", path)

    for_scripts = [*pages_for_scripts(), FOR_SCRIPTS] if wishes.backend else []
    begin = [*BEGINNINGS, *(each.path for each in indexes.values()), *indexes, *for_scripts]
    for name, content in crawl.files([each for each in begin if can_be_asked(visitor, each)], heard):
        keep(name, content)
        told(len(crawl.places) - len(crawl.queue), len(crawl.places))
    make_the_rest(crawl, indexes, wishes, keep)
    return len(crawl.done)


def make_the_rest(
    crawl: Crawl, indexes: dict[str, SearchIndex], wishes: Wishes, keep: Callable[[str, bytes], None]
) -> None:
    for index in indexes.values():
        if index.model.searched:
            keep(*index.file)
    keep("404.html", crawl.with_addresses(crawl.visitor.ask(NOWHERE).body.decode(), NOWHERE, wishes.top).encode())
    if crawl.queue:
        raise FreezeFailed(f"{crawl.queue[0]}, to which 404.html leads, was not asked for.")
    keep(NO_JEKYLL, b"")
    if wishes.site:
        of_scripts = pages_for_scripts() if wishes.backend else ()
        places = [crawl.places[path] for path in crawl.done if path not in of_scripts]
        for name, content in sitemap_files(wishes.site, sorted(places)):
            keep(name, content)
    if crawl.visitor.frozen.feed:
        posts = json.loads(crawl.visitor.ask("/api/posts", "expand=user").body)["posts"]
        keep(*feed_file(wishes.site, posts))


def open_models(visitor: Visitor) -> list[type[BaseModel]]:
    """Those whose list a visitor may read."""
    return [model for model in all_models() if model.plural and visitor.ask(f"/api/{model.plural}").status == 200]


def can_be_asked(visitor: Visitor, path: str) -> bool:
    """Whether it is worth asking for: the guide may not have come along, and not each form is for everybody."""
    return path not in ("/docs/make-your-own", *pages_for_scripts()) or visitor.ask(path).status == 200


def frozen_with(site: Site, wishes: Wishes) -> Frozen:
    """What its pages know; with a backend the site gets the pages that scripts need."""
    feed = bool(wishes.site) and site.config["directory"] == "public"
    if not wishes.backend:
        return Frozen(feed, wishes.api)
    site.add(section_for_scripts(f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"))
    policy, actions = policy_for(wishes.backend), actions_of(site)
    return Frozen(feed, wishes.backend, backend=wishes.backend, policy=policy, actions=actions)


def list_of(path: str) -> str:
    """The list of which `path` is a page."""
    return path.partition("/page/")[0]
