"""The page /lab/doctor and its JSON: the last refused requests of pages elsewhere, each with its cure."""

import pytest
from webob import Request
from webtest import TestApp

from tests.lab.doctor.test_diagnosis import EVIL

PAGE = "http://127.0.0.1:4000"
MARKUP = "<img src=x onerror=alert(1)>"


@pytest.fixture
def here(visit):
    """Whoever sits at the machine, in lesson mode."""
    return TestApp(
        visit(sample_data="lesson", lab="auto", origins=(PAGE,)).app, extra_environ={"REMOTE_ADDR": "127.0.0.1"}
    )


def elsewhere(page=PAGE, **headers):
    return {"Origin": page, "Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "cors", **headers}


def asked(here):
    return here.get("/lab/doctor.json").json["requests"]


def names(here):
    return [finding["name"] for each in asked(here) for finding in each["findings"]]


def test_a_refused_page_is_named_with_the_line_to_start_with(here):
    here.get("/api/users", headers=elsewhere("http://localhost:4000"))
    (refused,) = asked(here)
    assert {name: refused[name] for name in ("method", "path", "status", "page", "times")} == {
        "method": "GET",
        "path": "/api/users",
        "status": 200,
        "page": "http://localhost:4000",
        "times": 1,
    }
    (finding,) = refused["findings"]
    assert finding["name"] == "two-names-of-one-machine"
    assert finding["certain"]
    page = here.get("/lab/doctor")
    assert finding["says"] in page.text
    assert f"ORIGINS={PAGE},http://localhost:4000 make serve" in page.text
    assert page.click(f"request {refused['number']}").status_int == 200


def test_preflight_and_request_are_two_and_what_comes_again_is_counted(here):
    preflight = elsewhere("http://x.example") | {"Access-Control-Request-Method": "GET"}
    for _ in range(3):
        here.options("/api/users", headers=preflight)
        here.get("/api/users", headers=elsewhere("http://x.example"))
    assert [(each["method"], each["times"]) for each in asked(here)] == [("GET", 3), ("OPTIONS", 3)]
    assert "answered with 200, 3 times" in here.get("/lab/doctor").text


def test_what_is_fine_is_not_there_and_what_says_itself_why_has_no_finding(here):
    here.get("/api/users", headers=elsewhere())
    here.get("/users")
    here.get("/nowhere", status=404)
    assert asked(here) == []
    assert "Nothing of a page elsewhere was refused" in here.get("/lab/doctor").text
    here.post_json("/api/users", {"name": ""}, headers=elsewhere(), status=422)
    (refused,) = asked(here)
    assert refused["findings"] == []
    assert "the answer says why" in here.get("/lab/doctor").text


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("//api/users", "double-slash"),
        ("/lessonapi/users", "missing-slash"),
        ("/class/api/users", "unknown-prefix"),
        ("/api/user", "wrong-address"),
        ("/lesson/api/nothing", "wrong-address"),
    ],
)
def test_an_address_where_nothing_is(here, path, name):
    here.get(path, headers=elsewhere(), status=404)
    assert names(here) == [name]


def test_a_row_that_is_gone_and_a_slash_that_does_no_harm_are_no_mistake_of_the_page(here):
    here.get("/api/users/999", headers=elsewhere(), status=404)
    here.get("/api/users/", headers=elsewhere(), status=308)
    here.get("/lesson/api/users/", headers=elsewhere())
    assert names(here) == []
    here.request("/lesson/api/users/", method="PATCH", headers=elsewhere(), status=405)
    assert "there is DELETE, GET, POST, PUT" in asked(here)[0]["findings"][0]["says"]


def test_a_page_whose_browser_says_no_origin_is_known_by_its_referer(here):
    headers = {"Referer": f"{PAGE}/a?b", "Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "no-cors"}
    here.get("/api/users", headers=headers | {"Sec-Fetch-Dest": "empty"})
    assert [(each["page"], each["findings"][0]["name"]) for each in asked(here)] == [(PAGE, "no-cors")]


def test_a_login_that_does_not_come_along_is_certain_after_it_was_seen(here):
    here.get("/lesson/api/id", headers=elsewhere(), status=401)
    assert [finding["certain"] for each in asked(here) for finding in each["findings"]] == [False]
    assert "Perhaps: " in here.get("/lab/doctor").text
    here.post_json("/lesson/api/authenticate", {"uid": "niko", "password": "123niko"}, headers=elsewhere())
    here.reset()
    here.get("/lesson/api/id", headers=elsewhere(), status=401)
    assert asked(here)[0]["findings"][0]["certain"]


def test_a_proxy_that_hides_https_is_seen_though_the_site_strips_what_it_says(here):
    headers = elsewhere("https://school.example") | {"X-Forwarded-Proto": "https", "Host": "school.example"}
    del headers["Sec-Fetch-Site"]
    here.post("/login", {"uid": "niko", "password": "x"}, headers=headers, status=403)
    assert names(here) == ["lesson-for-this-machine"]
    headers["Host"] = "localhost"
    headers["Origin"] = "https://localhost"
    here.post("/login", {"uid": "niko", "password": "x"}, headers=headers, status=403)
    assert names(here)[0] == "proxy-hides-https"


def test_no_secret_is_kept_or_shown(here):
    token = "a-token-that-somebody-made-up-0123456789"
    for authorization in (f"Bearer {token}", token, f"{token} x"):
        here.get("/api/me", headers=elsewhere(Authorization=authorization), status=401)
    here.set_cookie("session", "cookie-0123456789-of-somebody-else")
    here.get("/api/me", headers=elsewhere(), status=401)
    here.get("/api/me?token=query-0123456789", headers=elsewhere("https://x.example"), status=401)
    assert names(here) == ["credentials-of-a-stranger", "login-is-over", "not-a-bearer", "unknown-token"]
    assert "begins with something else" in here.get("/lab/doctor").text
    here.reset()
    for path in ("/lab/doctor", "/lab/doctor.json", "/lab/requests.json"):
        assert "0123456789" not in here.get(path).text
        assert "a-token-that" not in here.get(path).text
    records = here.app.records.all()
    assert not any("a-token-that" in str(vars(each)) or "0123456789" in str(each.headers) for each in records)


@pytest.mark.parametrize("text", [*EVIL, MARKUP])
def test_what_comes_from_outside_is_shown_as_text_and_short(here, text):
    for name in ("HTTP_ORIGIN", "HTTP_REFERER", "CONTENT_TYPE", "HTTP_ACCESS_CONTROL_REQUEST_HEADERS", "PATH_INFO"):
        environ = {"HTTP_ORIGIN": "http://x.example", "HTTP_SEC_FETCH_SITE": "cross-site", "REMOTE_ADDR": "127.0.0.1"}
        environ[name] = f"/api/{text}" if name == "PATH_INFO" else text
        for method in ("GET", "POST", "OPTIONS"):
            Request.blank("/api/sessions", method=method, environ=environ).get_response(here.app)
    page = here.get("/lab/doctor")
    assert "<img" not in page.text
    assert "<script>alert" not in page.text
    assert "x" * 200 not in page.text
    assert all(finding["says"].isprintable() for each in asked(here) for finding in each["findings"])


def test_only_the_last_ones_are_shown(here):
    for number in range(60):
        here.get(f"/api/nothing{number}", headers=elsewhere(), status=404)
    assert [each["path"] for each in asked(here)] == [f"/api/nothing{number}" for number in range(59, 9, -1)]


def test_the_lines_for_the_console_have_the_address_of_this_backend(here):
    lines = here.get("/lab/doctor.json").json["console"]
    assert lines.endswith('})("http://localhost:80");\n')
    assert "Local Network Access" in lines
    assert "})(&quot;http://localhost:80&quot;);" in here.get("/lab/doctor").text


def test_it_is_not_kept_and_does_not_record_itself(here):
    for path in ("/lab/doctor", "/lab/doctor.json"):
        assert here.get(path).headers["Cache-Control"] == "no-store"
    assert here.app.records.all() == []


def test_nobody_else_sees_it(here, visit):
    for environ in ({"REMOTE_ADDR": "192.0.2.7"}, {"HTTP_HOST": "evil.example"}, {"HTTP_X_FORWARDED_FOR": "127.0.0.1"}):
        for path in ("/lab/doctor", "/lab/doctor.json"):
            assert here.get(path, extra_environ=environ, expect_errors=True).status_int in (403, 404)
    here.get("/lab/doctor.json", headers=elsewhere(), status=404)
    assert visit(lab="off").get("/lab/doctor", status=404)
