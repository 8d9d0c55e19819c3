"""The guide as a page of the site: all that is written there, and where it leads."""

import re

import pytest

from routes.description import guide
from routes.description.guide import GUIDE

GUIDE_PAGE = "/docs/make-your-own"


def plain(text):
    """Without what is a sign of Markdown, and blanks alike."""
    text = re.sub(r"^```\w*$|^#+ |^- |`|<http://127\.0\.0\.1:8086|(?<=[a-z])>(?=[ ,.])", "", text, flags=re.MULTILINE)
    return " ".join(text.split())


def test_the_page_has_every_word_of_the_guide(visitor):
    html = visitor.get(GUIDE_PAGE).html
    assert plain(f"{html.h1.text} {html.select_one('.guide').get_text()}") == plain(GUIDE.read_text())


def test_each_step_is_in_the_contents_and_can_be_led_to(visitor):
    html = visitor.get(GUIDE_PAGE).html
    places = [link["href"] for link in html.select(".contents a")]
    assert len(places) == 8
    assert [html.select_one(f'[id="{place[1:]}"]').text for place in places] == [
        link.text for link in html.select(".contents a")
    ]


def test_lines_to_copy_are_as_they_are_written(visitor):
    shown = [block.text.strip("\n") for block in visitor.get(GUIDE_PAGE).html.select("pre code")]
    assert shown == [lines.strip("\n") for lines in re.findall(r"^```\w+\n(.*?)^```", GUIDE.read_text(), re.M | re.S)]
    assert "<form id=" in "".join(shown)


def test_its_addresses_lead_to_this_site_wherever_it_is(visitor):
    page = visitor.get(GUIDE_PAGE, extra_environ={"SCRIPT_NAME": "/below"})
    links = {link["href"] for link in page.html.select(".guide a")}
    assert links >= {"/below/shelves", "/below/books/chart?by=shelf", "/below/docs"}


def test_it_has_no_markdown_that_the_page_does_not_know():
    text = re.sub(r"^```\w+\n.*?^```$|`[^`]+`", "", GUIDE.read_text(), flags=re.MULTILINE | re.DOTALL)
    assert not re.findall(r"\*\*|__|\]\(|^\s*[*+>|]|^ *\d+\. |^###|&\w+;|^    ", text, re.MULTILINE)
    assert re.findall(r"<(?!http://127\.0\.0\.1:8086/)", text) == []


def test_where_the_lessons_passwords_are_good_each_page_leads_to_it(visit, visitor):
    lesson = visit(sample_data="lesson")
    assert lesson.get("/users").click("Make your own").request.path == GUIDE_PAGE
    assert GUIDE_PAGE not in visitor.get("/users")


def test_where_the_guide_did_not_come_along_it_is_404(visitor, monkeypatch, tmp_path):
    guide.read_guide.cache_clear()
    monkeypatch.setattr(guide, "GUIDE", tmp_path / "nothing.md")
    assert "did not come along" in visitor.get(GUIDE_PAGE, status=404)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("## A & b: c!\n", '<h2 id="a--b-c">A &amp; b: c!</h2>'),
        ("- one\n  more\n- two `<x>`\n", "<ul>\n<li>one\n  more</li>\n<li>two <code>&lt;x&gt;</code></li>\n</ul>"),
        ("<b>`a` &\n", "<p>&lt;b&gt;<code>a</code> &amp;</p>"),
        ("<http://127.0.0.1:8086/x?a=1&b>", '<p><a href="/p/x?a=1&amp;b">/x?a=1&amp;b</a></p>'),
        ("```html\n<b>\n\n# no head\n```\n", '<pre tabindex="0"><code>&lt;b&gt;\n\n# no head\n</code></pre>'),
    ],
)
def test_what_is_written_becomes_html(text, html):
    assert list(guide.blocks(text, "/p")) == [html]
