"""Servers hand a request over in different ways, and the site understands each."""

import logging

import pytest
from webob import Request
from webtest import TestApp

from routes.shared.environ import ip_of, query_as_ascii
from tests.server import HOUSE

CAFE = "/caf\xc3\xa9"  # PEP 3333: a letter for each byte of /café


def ask(site, path, method="GET", **environ):
    """As a server does it, with an environment that no client of ours would make."""
    request = Request.blank("/", method=method)
    request.environ |= {"PATH_INFO": path, **environ}
    return request.get_response(site)


@pytest.mark.parametrize(
    ("path", "sent"),
    [
        (CAFE, ""),
        (CAFE, "/caf%C3%A9"),
        ("/caf%C3%A9", "/caf%C3%A9"),
        ("/caf%c3%a9", ""),
        ("/café", "/caf%C3%A9"),
        ("/李", ""),
        ("/李", "http://localhost/%E6%9D%8E?x=1"),
    ],
)
def test_a_path_that_nobody_has_is_404_in_each_way_to_write_it(visitor, path, sent):
    assert ask(visitor.app, path, REQUEST_URI=sent).status_int == 404
    assert ask(visitor.app, path, RAW_URI=sent).status_int == 404


def test_a_path_that_is_no_utf_8_is_400_in_each_way_to_write_it(visitor):
    for path in ("/us\xffers", "/us%FFers"):
        for sent in ("", "/us%FFers"):
            assert ask(visitor.app, path, REQUEST_URI=sent).status_int == 400


def test_a_path_that_is_still_encoded_is_found(visitor):
    assert ask(visitor.app, "/%75sers/1").status_int == 200
    assert ask(visitor.app, "/api%2Fusers").content_type == "application/json"
    assert ask(visitor.app, "/static/%2e%2e/config.py").status_int == 404
    assert ask(visitor.app, "/static/..%2f..%2fconfig.py").status_int == 404


def test_each_letter_of_a_path_is_in_the_log_as_it_was_sent(visitor, caplog):
    with caplog.at_level(logging.INFO, "portfolio.access"):
        for path in (CAFE, "/caf%C3%A9", "/a%0Ab"):
            ask(visitor.app, path)
    paths = [record.getMessage().split()[1] for record in caplog.records]
    assert paths == ["/caf%C3%A9", "/caf%C3%A9", "/a%0Ab"]


@pytest.mark.parametrize("query", ["search=Zoë", "search=Zo\xc3\xab", "search=Zo%C3%AB", "search=李"])
def test_a_query_in_raw_utf_8_works(visitor, query):
    visitor.post_json("/api/users", {"name": "Zoë 李", "uid": "zoe"}, status=201)
    query = query if "ë" not in query else query.encode().decode("latin-1")
    answer = ask(visitor.app, "/api/users", QUERY_STRING=query)
    assert [user["uid"] for user in answer.json["users"]] == ["zoe"]
    page = ask(visitor.app, "/users", QUERY_STRING=query)
    assert "Zoë 李" in page.text


def test_a_query_that_is_no_utf_8_is_400_with_words(visitor):
    answer = ask(visitor.app, "/api/users", QUERY_STRING="search=\xff")
    assert answer.json["detail"] == "The values are not UTF-8, or more than 100."
    assert query_as_ascii("a=%FF&b=\xff\ud800") == "a=%FF&b=%C3%BF%3F"


def test_where_a_person_wanted_to_go_is_not_lost_on_the_way(visitor):
    answer = ask(visitor.app, "/posts/new", QUERY_STRING="a=Zo\xc3\xab")
    assert answer.headers["Location"] == "/login?next=%2Fposts%2Fnew%3Fa%3DZo%25C3%25AB"


@pytest.mark.parametrize(
    ("text", "ip"),
    [
        ("127.0.0.1", "127.0.0.1"),
        ("127.0.0.1:42121", "127.0.0.1"),
        ("::1", "::1"),
        ("[::1]:80", "::1"),
        ("[2001:db8::9]:1000", "2001:db8::9"),
        ("[2001:DB8::9]", "2001:db8::9"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("[::ffff:192.0.2.7]:99", "192.0.2.7"),
        ("fe80::1%eth0", "fe80::1"),
        (" 192.0.2.7 ", "192.0.2.7"),
        ("", ""),
        ("unix:", ""),
        ("unknown", ""),
        ("192.0.2.7.8:1", ""),
        ("[]:1", ""),
        ("1\n2", ""),
    ],
)
def test_an_address_is_the_same_however_it_is_written(text, ip):
    assert ip_of(text) == ip


@pytest.mark.parametrize("address", ["127.0.0.1:{}", "[::ffff:127.0.0.1]:{}", "[2001:db8::9]:{}"])
def test_guesses_are_counted_for_an_address_whatever_its_port(visitor, address):
    guess = {"uid": "niko", "password": "wrong"}
    statuses = {
        TestApp(visitor.app, extra_environ={"REMOTE_ADDR": address.format(port)})
        .post_json("/api/sessions", guess, expect_errors=True)
        .status_int
        for port in range(1000, 1015)
    }
    assert statuses == {401, 429}


# A proxy in front


SAID = {
    "HTTP_X_FORWARDED_FOR": "203.0.113.5, 192.0.2.7",
    "HTTP_X_FORWARDED_PROTO": "http, https",
    "HTTP_X_FORWARDED_HOST": "evil.example, school.example:8443",
}


def client_of(site, **environ):
    """What the site believes of a request: who asks, how, and for which host."""
    request = Request.blank("/health", environ={**environ, **SAID} | environ)
    request.get_response(site)
    return [request.environ[name] for name in ("REMOTE_ADDR", "wsgi.url_scheme", "HTTP_HOST")]


@pytest.mark.parametrize(
    ("proxy", "peer", "is_believed"),
    [
        ("10.0.0.1", "10.0.0.1", True),
        ("10.0.0.1", "10.0.0.1:3333", True),
        ("10.0.0.1", "::ffff:10.0.0.1", True),
        ("*", "10.0.0.9", True),
        ("*", "", True),
        ("10.0.0.1", "10.0.0.2", False),
        ("10.0.0.1", "", False),
        ("", "10.0.0.1", False),
        ("", "", False),
    ],
)
def test_what_the_trusted_proxy_says_is_believed_on_every_server(visitor, proxy, peer, is_believed):
    visitor.app.config["trusted_proxy"] = proxy
    believed = client_of(visitor.app, REMOTE_ADDR=peer)
    assert (believed == ["192.0.2.7", "https", "school.example:8443"]) == is_believed
    assert is_believed or believed == [ip_of(peer), "http", "localhost:80"]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("HTTP_X_FORWARDED_FOR", "unknown"),
        ("HTTP_X_FORWARDED_FOR", "192.0.2.7, <script>"),
        ("HTTP_X_FORWARDED_FOR", ""),
        ("HTTP_X_FORWARDED_PROTO", "javascript"),
        ("HTTP_X_FORWARDED_HOST", "evil.example/path"),
        ("HTTP_X_FORWARDED_HOST", "evil.example\r\nX: y"),
        ("HTTP_X_FORWARDED_HOST", "a, "),
    ],
)
def test_what_a_proxy_cannot_mean_is_passed_over(visitor, name, text):
    visitor.app.config["trusted_proxy"] = "*"
    said = ["10.0.0.1", "http", "localhost:80"]
    expected = ["192.0.2.7", "https", "school.example:8443"]
    place = ["HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO", "HTTP_X_FORWARDED_HOST"].index(name)
    expected[place] = said[place]
    assert client_of(visitor.app, REMOTE_ADDR="10.0.0.1", **{name: text}) == expected


def test_behind_a_proxy_guesses_are_counted_for_who_guesses(visitor):
    visitor.app.config["trusted_proxy"] = "10.0.0.1"
    guess = {"uid": "niko", "password": "wrong"}
    for _ in range(11):
        environ = {"REMOTE_ADDR": "10.0.0.1", "HTTP_X_FORWARDED_FOR": "192.0.2.7"}
        answer = TestApp(visitor.app, extra_environ=environ).post_json("/api/sessions", guess, expect_errors=True)
    assert answer.status_int == 429
    environ["HTTP_X_FORWARDED_FOR"] = "192.0.2.8"
    TestApp(visitor.app, extra_environ=environ).post_json("/api/sessions", guess, status=401)


def test_an_empty_answer_has_a_first_part(visitor):
    """Some servers send the head of an answer with its first part, and none without one."""
    for method, path in (("HEAD", "/users"), ("HEAD", "/static/style.css"), ("OPTIONS", "/users"), ("GET", "/account")):
        request = Request.blank(path, method=method)
        assert list(visitor.app(request.environ, lambda *_: None)) == [b""], path
    preflight = Request.blank("/api/users", method="OPTIONS", headers={"Access-Control-Request-Method": "GET"})
    assert list(visitor.app(preflight.environ, lambda *_: None)) == [b""]


def test_nobody_else_reads_what_proxies_say():
    for file in [HOUSE / "app.py", *HOUSE.glob("routes/**/*.py")]:
        is_here = file.name == "environ.py"
        assert is_here or "X_FORWARDED" not in file.read_text()
        assert "remote_addr" not in file.read_text()
