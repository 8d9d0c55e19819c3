"""What ends a freeze is named, with the page that leads there."""

import pytest

from freezing.crawl import check
from freezing.failed import FreezeFailed
from freezing.visitor import FoundPage

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
