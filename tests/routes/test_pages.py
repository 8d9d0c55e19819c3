"""The first page, the static files, and whether all is well."""

from urllib.parse import urldefrag

import pytest


def test_every_link_on_the_site_leads_somewhere(visitor):
    seen, waiting = set(), ["/"]
    while waiting:
        path = waiting.pop()
        if path in seen or path.startswith("/users?"):
            continue
        seen.add(path)
        answer = visitor.get(path)
        if answer.content_type == "text/html":
            hrefs = [urldefrag(tag["href"]).url for tag in answer.html.select("[href]")]
            waiting += [href for href in hrefs if href]
    assert {
        "/users",
        "/users/new",
        "/users/10",
        "/posts",
        "/api/users",
        "/static/style.css",
        "/static/icon.svg",
    } <= seen


@pytest.mark.parametrize("path", ["/", "/users", "/users/new", "/users/1", "/posts", "/nowhere"])
def test_a_page_can_be_read_by_everyone(visitor, path):
    html = visitor.get(path, expect_errors=True).html
    assert html.html["lang"] == "en"
    assert len(html.select("h1")) == 1
    assert html.select_one("main#main")
    assert html.select_one("a.skip")["href"] == "#main"
    assert html.title.text.endswith("· Bottle Portfolio")
    about = html.select_one("meta[name=description]")["content"]
    assert 20 < len(about) < 160
    assert html.select_one("meta[property='og:description']")["content"] == about
    assert html.select_one("meta[property='og:title']")["content"] + " · Bottle Portfolio" == html.title.text
    assert "views/" in html.footer.text


def test_health_asks_the_database(visitor):
    assert visitor.get("/health").json == {"status": "ok"}


def test_a_static_file_is_sent_once_and_then_asked_about(visitor):
    answer = visitor.get("/static/style.css")
    assert answer.content_type == "text/css"
    assert answer.headers["ETag"].startswith('"')
    assert answer.headers["Cache-Control"] == "no-cache"
    assert visitor.get("/static/style.css", headers={"If-None-Match": answer.headers["ETag"]}, status=304).body == b""


@pytest.mark.parametrize(
    "path",
    [
        "/static/",
        "/static/none.css",
        "/static/../app.py",
        "/static/..%2fapp.py",
        "/static/%2e%2e/config.py",
        "/static/..%5capp.py",
        "/static//etc/passwd",
        "/static/style.css/x",
        "/static/style.css%00.png",
        "/static/" + "x" * 5000,
    ],
)
def test_a_path_that_leaves_the_folder_is_404(visitor, path):
    answer = visitor.get(path, status=404)
    assert "There is nothing here" in answer


def test_a_head_is_a_get_without_its_body(visitor):
    for path in ("/", "/users", "/api/users", "/health", "/static/style.css"):
        full, head = visitor.get(path), visitor.head(path)
        assert head.headers["Content-Length"] == full.headers["Content-Length"]
        assert head.body == b""
