"""What ends a freeze is named, with the page that leads there."""

import pytest

from freezing.crawl import Crawl, check
from freezing.failed import FreezeFailed
from freezing.visitor import FoundPage, Visitor
from models.shared.database import bind_database
from routes.shared.state import Frozen

FORM = b'<form class="x" method="post"><button>Go</button></form>'


@pytest.mark.parametrize(
    ("status", "body", "words"),
    [
        (303, b"", "/x, to which /y leads, is for those who are logged in."),
        (404, b"", "/x, to which /y leads, is not there."),
        (503, b"", "/x, to which /y leads, is answered with 503."),
        (200, FORM, "/x has a form, which would do nothing in a file. In its view: % if not frozen:"),
    ],
)
def test_what_is_no_file_is_named(status, body, words):
    with pytest.raises(FreezeFailed) as failed:
        check(FoundPage(status, "text/html", body), "/x", "/y")
    assert str(failed.value) == words


def test_a_form_that_a_script_looks_after_may_be_there():
    check(FoundPage(200, "text/html", b'<form data-index="search.json" hidden></form>'), "/x", "/y")


@pytest.mark.parametrize(
    ("link", "words"),
    [
        ("/x?sort=a", "/x?sort=a, to which / leads, cannot be a file, as it has a question mark."),
        ("/x/page/9", "/x/page/9, to which / leads, is not there."),
        ("/x", "/x, to which / leads, is not there."),
        ("/X", "X/index.html and x/index.html would be one file on some systems."),
    ],
)
def test_a_link_that_cannot_become_a_file_is_named(tmp_path, link, words):
    def site(environ, start):
        path, mark = environ["PATH_INFO"], environ["SCRIPT_NAME"]
        first = path == "/"
        start("200 OK" if first else "404 Not Found", [("Content-Type", "text/html")])
        more = f'<a href="{mark}/x">' if link == "/X" else ""
        return [f'{more}<a href="{mark}{link}">'.encode() if first else b""]

    bind_database(tmp_path / "sqlite.db")
    crawl = Crawl(Visitor(site, Frozen()), "", frozenset(), frozenset())
    with pytest.raises(FreezeFailed) as failed:
        list(crawl.files(["/"], lambda *_: None))
    assert str(failed.value) == words
