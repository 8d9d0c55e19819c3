"""What the server saw of a request becomes a finding with its cure; a request that is fine has none."""

from dataclasses import replace

import pytest

from lab.doctor.diagnosis import diagnose
from lab.doctor.seen import LOGIN_PATHS, Backend, Seen, origin_of
from routes.lesson import LOG_IN

PAGE, SITE = "http://127.0.0.1:4000", "127.0.0.1:8086"
FAR, SCHOOL = "https://class.example", "school.example"
METHODS = {
    "/users": ("GET", "POST"),
    "/login": ("GET", "POST"),
    "/health": ("GET",),
    "/api/users": ("GET", "POST"),
    "/api/users/1": ("GET", "PATCH", "DELETE"),
    "/api/posts": ("GET", "POST"),
    "/api/me": ("GET",),
    "/api/sessions": ("GET", "POST"),
    "/lesson/api/users": ("GET", "POST", "PUT", "DELETE"),
}
HOUSE = Backend(origins=(PAGE,), paths=tuple(METHODS), methods_at=lambda path: METHODS.get(path, ()))
FAR_HOUSE = replace(HOUSE, origins=(FAR,))


def seen(method="GET", path="/api/users", status=200, **said):
    """A `fetch` of a page on another port of this machine."""
    usual = {"host": SITE, "peer": "127.0.0.1", "origin": PAGE, "fetch_site": "same-site", "fetch_mode": "cors"}
    return Seen(method, path, status, **{**usual, "fetch_dest": "empty", **said})


def far(method="GET", path="/api/users", status=200, **said):
    """The same of a page on another site, over https."""
    usual = {"scheme": "https", "host": SCHOOL, "origin": FAR, "fetch_site": "cross-site"}
    return seen(method, path, status, **{**usual, **said})


def asked(method="POST", path="/api/users", status=204, headers="content-type", **said):
    """A preflight."""
    return seen("OPTIONS", path, status, asked_method=method, asked_headers=headers, **said)


def names(*arguments, **others):
    return [finding.name for finding in diagnose(*arguments, **others)]


# The origin

STRANGER = "http://127.0.0.1:5500"


@pytest.mark.parametrize(
    "request_seen",
    [
        seen(origin="https://new.example", fetch_site="cross-site"),
        asked(origin="https://new.example", fetch_site="cross-site"),
        seen("POST", "/users", 403, origin="https://new.example", fetch_site="cross-site", fetch_mode="navigate"),
        seen("POST", "/api/users", 403, origin="https://new.example", fetch_site="", fetch_mode=""),
    ],
    ids=["simple", "preflight", "form", "no-metadata"],
)
def test_a_page_that_origins_lacks(request_seen):
    (finding,) = diagnose(request_seen, HOUSE)
    assert finding.name == "origin-not-listed"
    assert finding.says == "The page is at https://new.example, and ORIGINS does not name it."
    assert finding.lines == f"ORIGINS={PAGE},https://new.example make serve"


def test_no_origins_at_all():
    (finding,) = diagnose(seen(), replace(HOUSE, origins=()))
    assert finding.says == f"The page is at {PAGE}, and ORIGINS names no page at all."
    assert finding.lines == f"ORIGINS={PAGE} make serve"


@pytest.mark.parametrize(
    ("page", "listed", "name"),
    [
        ("http://localhost:4000", PAGE, "two-names-of-one-machine"),
        ("http://[::1]:4000", PAGE, "two-names-of-one-machine"),
        ("http://127.0.0.1", "http://localhost", "two-names-of-one-machine"),
        ("https://class.example", "http://class.example", "http-and-https"),
        ("http://class.example", "https://class.example", "http-and-https"),
        ("http://127.0.0.1:5500", PAGE, "other-port"),
        (PAGE, f"{PAGE}/", "path-in-origins"),
        (PAGE, f"{PAGE}/my-page/index.html", "path-in-origins"),
        ("https://class.example", "https://class.example:443/x", "path-in-origins"),
        ("http://localhost:4000", "http://localhost.evil.example:4000", "origin-not-listed"),
        ("http://localhost:5500", PAGE, "origin-not-listed"),
    ],
)
def test_an_origin_that_looks_like_one_that_is_listed(page, listed, name):
    (finding,) = diagnose(asked(origin=page), replace(HOUSE, origins=(listed,)))
    assert finding.name == name
    assert page in finding.says
    line = finding.lines.removeprefix("ORIGINS=").removesuffix(" make serve").split(",")
    assert page in line
    assert not any(each.endswith("/") for each in line)


def test_what_else_is_listed_stays_in_the_line():
    (finding,) = diagnose(seen(), replace(HOUSE, origins=("https://a.example", f"{PAGE}/")))
    assert finding.lines == f"ORIGINS=https://a.example,{PAGE} make serve"


def test_credentials_of_a_page_that_is_not_listed():
    (finding,) = diagnose(seen(origin="https://new.example", has_cookie=True), HOUSE)
    assert finding.name == "credentials-of-a-stranger"
    assert 'credentials: "include"' in finding.says


def test_a_page_that_was_opened_as_a_file():
    (finding,) = diagnose(seen(origin="null", fetch_site="cross-site"), HOUSE)
    assert finding.name == "page-without-origin"
    assert finding.lines.splitlines()[0].startswith("python3 -m http.server 4000")


# The way to the site


@pytest.mark.parametrize(
    ("said", "proxy", "line"),
    [
        ({"forwarded_scheme": "https"}, "", "TRUSTED_PROXY=10.0.0.7 make serve"),
        ({"forwarded_scheme": "https"}, "10.0.0.9", "TRUSTED_PROXY=10.0.0.7 make serve"),
        ({}, "", "proxy_set_header X-Forwarded-Proto $scheme;"),
    ],
)
def test_a_proxy_that_hides_https(said, proxy, line):
    refused = seen("POST", "/login", 403, host=SCHOOL, origin=f"https://{SCHOOL}", fetch_site="", fetch_mode="")
    refused = replace(refused, peer="10.0.0.7", **said)
    (finding,) = diagnose(refused, replace(HOUSE, trusted_proxy=proxy))
    assert finding.name == "proxy-hides-https"
    assert finding.lines == line


def test_a_page_on_https_beside_a_site_on_http_is_behind_no_proxy():
    refused = seen("POST", "/users", 403, host="localhost", origin="https://localhost", fetch_site="cross-site")
    assert names(refused, HOUSE) == ["origin-not-listed"]


@pytest.mark.parametrize("said", [{"status": 200, "logs": "in"}, {"status": 401}])
def test_a_proxy_that_hides_https_so_that_no_cookie_is_kept(said):
    login = far("GET", "/lesson/api/users", scheme="http", forwarded_scheme="https", **said)
    assert names(login, FAR_HOUSE) == ["proxy-hides-https"]
    assert names(replace(login, fetch_site="same-site"), FAR_HOUSE) != ["proxy-hides-https"]
    assert names(replace(login, has_cookie=True, logs=""), FAR_HOUSE) != ["proxy-hides-https"]


def test_a_proxy_that_hides_the_host():
    refused = seen("POST", "/login", 403, origin=f"http://{SCHOOL}", fetch_site="", forwarded_host=SCHOOL)
    (finding,) = diagnose(refused, HOUSE)
    assert finding.name == "proxy-hides-host"
    assert finding.lines == "proxy_set_header Host $http_host;"


def test_the_lesson_is_for_its_own_machine():
    (finding,) = diagnose(seen("GET", "/api/users", 403, host="laptop.local:8086"), replace(HOUSE, lesson=True))
    assert finding.name == "lesson-for-this-machine"
    assert finding.lines == "SAMPLE_DATA=locked HOST=0.0.0.0 make serve"
    assert names(seen("GET", "/api/users", 403), replace(HOUSE, lesson=True)) == []


# The address, the method, the type


@pytest.mark.parametrize(
    ("path", "name", "right"),
    [
        ("//api/users", "double-slash", "/api/users"),
        ("/api//users", "double-slash", "/api/users"),
        ("/apiusers", "missing-slash", "/api/users"),
        ("/lessonapi/users", "missing-slash", "/lesson/api/users"),
        ("/lesson/apiusers", "missing-slash", "/lesson/api/users"),
        ("/class/api/users", "unknown-prefix", "/api/users"),
        ("/class/lesson/api/users", "unknown-prefix", "/lesson/api/users"),
        ("/api/user", "wrong-address", "/api/users"),
        ("/api/nothing-like-it", "wrong-address", ""),
        ("/posts", "wrong-address", "/api/posts"),
    ],
)
def test_an_address_where_nothing_is(path, name, right):
    preflight = asked("GET", path, 204 if path.startswith(HOUSE.api_prefixes) else 404)
    for request_seen in (seen("GET", path, 404), preflight):
        found = diagnose(request_seen, HOUSE)
        if request_seen.status == 404:
            (finding,) = found
            assert finding.name == name
            assert right in finding.lines or finding.name == "unknown-prefix"


def test_a_prefix_may_be_left_out_or_be_set():
    (finding,) = diagnose(seen("GET", "/class/api/users", 404), HOUSE)
    assert finding.lines == "PREFIX=/class make serve"


def test_a_row_that_is_gone_is_no_wrong_address():
    assert names(seen("GET", "/api/users/1", 404), HOUSE) == []


def test_a_method_that_a_path_lacks():
    (finding,) = diagnose(seen("DELETE", "/api/users", 405), HOUSE)
    assert finding.name == "wrong-method"
    assert finding.says == "/api/users has no DELETE: there is GET, POST."


def test_a_redirect_of_what_a_browser_asks_first():
    (finding,) = diagnose(asked("POST", "/users/", 308), HOUSE)
    assert finding.name == "redirected"
    assert finding.lines == 'await fetch(backend + "/users");'
    assert names(seen("GET", "/api/users/", 308), HOUSE) == []


def test_a_type_that_makes_a_preflight_where_no_page_is_let_in():
    (finding,) = diagnose(asked("POST", "/login"), HOUSE)
    assert finding.name == "type-makes-a-preflight"
    assert finding.lines.startswith('await fetch(backend + "/api/sessions", {\n    method: "POST",\n    headers: ')


def test_a_page_for_people_is_not_for_scripts():
    (finding,) = diagnose(seen("GET", "/users"), HOUSE)
    assert finding.name == "not-of-the-api"
    assert finding.lines == 'await fetch(backend + "/api/users");'
    assert names(seen("GET", "/health"), HOUSE) == ["not-of-the-api"]


@pytest.mark.parametrize(("method", "right"), [("patch", "PATCH"), ("put", "PUT"), ("SEARCH", "POST")])
def test_a_method_that_no_other_origin_may_use(method, right):
    (finding,) = diagnose(asked(method), HOUSE)
    assert finding.name == "method-not-allowed"
    assert f'method: "{right}"' in finding.lines


def test_a_header_that_no_other_origin_may_send():
    (finding,) = diagnose(asked(headers="content-type,X-Requested-With, if-match"), HOUSE)
    assert finding.name == "header-not-allowed"
    assert finding.says.endswith(": x-requested-with.")


@pytest.mark.parametrize(
    ("said", "name", "line"),
    [
        ({"content_type": "text/plain;charset=UTF-8"}, "wrong-type", '"Content-Type": "application/json"'),
        ({"content_type": "application/x-www-form-urlencoded"}, "wrong-type", '"Content-Type": "application/json"'),
        ({"content_type": ""}, "wrong-type", '"Content-Type": "application/json"'),
        ({"content_type": "text/plain", "fetch_mode": "no-cors"}, "type-lost-by-no-cors", "application/json"),
        ({"content_type": "text/plain", "fetch_mode": "no-cors", "path": "/login"}, "wrong-type", "URLSearchParams"),
    ],
)
def test_a_body_of_the_wrong_type(said, name, line):
    (finding,) = diagnose(seen(**{"method": "POST", "status": 415, **said}), HOUSE)
    assert finding.name == name
    assert line in finding.lines


def test_no_cors_shows_no_answer():
    assert names(seen(origin="", referer=f"{PAGE}/a", fetch_mode="no-cors"), HOUSE) == ["no-cors"]
    assert names(seen("POST", "/api/users", 201, fetch_mode="no-cors"), HOUSE) == ["no-cors"]


# The login


def test_credentials_that_were_left_out():
    refused, login = seen("GET", "/api/me", 401), seen("POST", "/lesson/api/authenticate", 200, logs="in")
    logout = replace(login, logs="out")
    (finding,) = diagnose(refused, HOUSE, before=[login, logout])
    assert (finding.name, finding.is_certain) == ("credentials-left-out", True)
    assert finding.lines == 'await fetch(backend + "/api/me", {credentials: "include"});'
    for before in ([], [logout, login], [replace(login, origin="http://127.0.0.1:9")]):
        (finding,) = diagnose(refused, HOUSE, before)
        assert (finding.name, finding.is_certain) == ("credentials-left-out", False)


def test_a_cookie_that_plain_http_keeps_back_between_two_hosts():
    page = "http://localhost:4000"
    house = replace(HOUSE, origins=(page,))
    for said in (
        {"status": 401, "path": "/api/me"},
        {"method": "POST", "path": "/lesson/api/authenticate", "logs": "in"},
    ):
        (finding,) = diagnose(seen(**{"origin": page, "fetch_site": "cross-site", **said}), house)
        assert finding.name == "cookie-of-two-hosts"
        assert "/api/sessions" in finding.lines
    in_a_lan = seen("GET", "/api/me", 401, host="10.0.0.2", origin="http://10.0.0.3", fetch_site="", fetch_mode="")
    assert names(in_a_lan, replace(HOUSE, origins=("http://10.0.0.3",))) == ["cookie-of-two-hosts"]


def test_a_third_party_cookie():
    refused, login = far("GET", "/api/me", 401), far("POST", "/login", 303, logs="in")
    on_the_site = replace(login, origin=f"https://{SCHOOL}", fetch_site="same-origin")
    (finding,) = diagnose(refused, FAR_HOUSE, before=[on_the_site])
    assert (finding.name, finding.is_certain) == ("third-party-cookie", True)
    assert "Partitioned" in finding.says
    (finding,) = diagnose(refused, FAR_HOUSE)
    assert not finding.is_certain
    assert names(refused, FAR_HOUSE, before=[login]) == ["credentials-left-out"]


def test_a_cookie_whose_login_is_over():
    assert names(seen("GET", "/api/me", 401, has_cookie=True), HOUSE) == ["login-is-over"]


@pytest.mark.parametrize(
    ("scheme", "name"), [("bearer", "unknown-token"), ("basic", "not-a-bearer"), ("another", "not-a-bearer")]
)
def test_a_token_that_does_not_count(scheme, name):
    assert names(seen("GET", "/api/me", 401, authorization=scheme), HOUSE) == [name]
    assert names(Seen("GET", "/api/me", 401, host=SITE, authorization=scheme), HOUSE) == [name]


def test_a_wrong_password_is_no_matter_of_cookies():
    assert set(LOG_IN) < set(LOGIN_PATHS)
    for path in LOGIN_PATHS:
        assert names(seen("POST", path, 401), HOUSE) == []


# What is fine


@pytest.mark.parametrize(
    "request_seen",
    [
        seen(),
        seen("POST", "/api/users", 201),
        seen("POST", "/api/users", 422),
        seen("POST", "/api/users", 429),
        seen("GET", "/api/users", 503),
        asked(),
        asked("GET", headers=""),
        asked("DELETE", headers="authorization,if-match,idempotency-key,x-origin"),
        seen("POST", "/lesson/api/authenticate", 200, logs="in"),
        seen("POST", "/login", 303, fetch_mode="no-cors", logs="in"),
        seen("GET", "/api/posts/1/image", 200, origin="", fetch_mode="no-cors", fetch_dest="image"),
        seen("GET", "/users", 200, origin="", fetch_mode="navigate", fetch_dest="document", fetch_site="cross-site"),
        seen("GET", "/static/style.css", 200, origin="", fetch_mode="no-cors", fetch_dest="style"),
        seen("GET", "/users", 200, origin="", fetch_site="same-origin"),
        seen("GET", "/nowhere", 404, origin="", fetch_site="none", fetch_mode="navigate"),
        seen("DELETE", "/api/users/1", 403, origin=f"http://{SITE}", fetch_site="same-origin"),
        seen("DELETE", "/api/users/1", 403),
        seen("POST", "/login", 303, origin=f"http://{SITE}", fetch_site="same-origin", logs="in"),
        Seen("GET", "/api/users", 200, host=SITE),
        Seen("GET", "/api/me", 401, host=SITE),
        Seen("POST", "/api/nothing", 404, host=SITE),
        seen("OPTIONS", "/api/users", 204, origin="", fetch_site=""),
    ],
    ids=lambda each: f"{each.method} {each.path} {each.status}",
)
def test_what_is_fine_has_no_finding(request_seen):
    assert names(request_seen, HOUSE) == []


def test_what_is_fine_over_https_has_none():
    for request_seen in (
        far(),
        far("POST", "/lesson/api/authenticate", logs="in"),
        far(scheme="http", forwarded_scheme="https"),
        far("DELETE", "/api/users/1", 403, has_cookie=True),
    ):
        assert names(request_seen, FAR_HOUSE) == []


# What comes from outside

EVIL = [
    "https://x;rm -rf ~",
    "https://$(id)",
    "http://[",
    "http://x\ny",
    "\x1b[2J",
    "https://" + "x" * 5000,
    "<script>alert(1)</script>",
    "http://a@b",
    "http://x:99999999",
]


@pytest.mark.parametrize("text", EVIL)
def test_whatever_is_sent_is_short_text_and_in_no_line_to_copy(text):
    places = ("origin", "referer", "host", "peer", "content_type", "asked_method", "asked_headers", "authorization")
    places += ("fetch_site", "fetch_mode", "fetch_dest", "forwarded_scheme", "forwarded_host", "path", "method")
    for status in (200, 308, 401, 403, 404, 405, 415):
        for place in places:
            for request_seen in (seen(status=status), asked(status=status), seen("POST", status=status, scheme="http")):
                sent = f"/api/{text}" if place == "path" else text
                for finding in diagnose(replace(request_seen, **{place: sent}), HOUSE):
                    assert finding.says.isprintable()
                    assert len(finding.says) < 700
                    assert len(finding.cure) < 300
                    assert text not in finding.lines


@pytest.mark.parametrize(
    ("address", "page"),
    [
        ("http://localhost:4000/a?b", "http://localhost:4000"),
        ("https://X.example:443/", "https://x.example"),
        ("file:///home", ""),
        ("about:blank", ""),
        ("http://[", ""),
        ("https://me:secret@x.example/", "https://x.example"),
    ],
)
def test_the_origin_of_an_address(address, page):
    assert origin_of(address) == page
