"""What each page says of itself to those who link to it, and that its look needs nothing from elsewhere."""

import re
from pathlib import Path

import pytest

STYLE = (Path(__file__).parents[3] / "static" / "style.css").read_text()


def meta(page, name):
    tag = page.select_one(f"meta[name='{name}'], meta[property='{name}']")
    return tag and tag["content"]


def test_each_page_is_described_in_words_of_its_own(visitor):
    pages = [visitor.get(path).html for path in ("/", "/users", "/users/2", "/posts", "/jokes", "/jokes/1", "/docs")]
    described = [meta(page, "description") for page in pages]
    assert len(set(described)) == len(described)
    assert [meta(page, "og:description") for page in pages] == described
    assert "Nikola Tesla" in described[2]
    assert [meta(page, "og:title") for page in pages][:2] == ["Welcome", "Users"]
    assert {meta(page, "og:site_name") for page in pages} == {"Bottle Portfolio"}


def test_a_name_cannot_leave_its_description(admin, visitor):
    admin.patch_json("/api/users/2", {"name": '"><script>x</script>'})
    page = visitor.get("/users/2")
    assert meta(page.html, "og:title") == '"><script>x</script>'
    assert "<script>x" not in page


def test_no_page_names_a_host_as_anybody_can_send_one(visitor):
    assert "://" not in visitor.get("/", headers={"Host": "evil.example"}).html.head.decode()


def test_a_list_and_a_row_give_the_row_the_same_name_and_each_only_once(visitor):
    for plural in ("users", "jokes"):
        rows = [row["data-row"] for row in visitor.get(f"/{plural}").html.select("[data-row]")]
        assert len(set(rows)) == len(rows) >= 7
        (heading,) = visitor.get(f"/{plural}/2").html.select("[data-row]")
        assert (heading.name, heading["data-row"]) == ("h1", f"{plural}-2")
        assert heading["data-row"] in rows


def test_the_style_sheet_asks_for_nothing_but_our_own_files(visitor):
    asked = re.findall(r"url\(\"?([^\")]+)|@import", STYLE)
    assert asked
    for name in set(asked):
        visitor.get(f"/static/{name}", status=200)


@pytest.mark.parametrize("query", ["prefers-color-scheme: dark", "prefers-reduced-motion: no-preference", "print"])
def test_the_style_sheet_knows_those_who(query):
    assert f"@media ({query})" in STYLE or f"@media {query} " in STYLE


def test_all_that_moves_stands_where_nobody_minds():
    still, _, moving = STYLE.partition("@media (prefers-reduced-motion: no-preference) {")
    assert not re.search(r"\b(transition|animation)\b", still)
    assert "transition:" in moving
