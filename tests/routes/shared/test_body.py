"""What is sent is read with limits, as UTF-8, and nothing twice."""

import json
import re
from io import BytesIO

import pytest
from webob import Request

MEGABYTES = 1024 * 1024
FORM = "application/x-www-form-urlencoded"


def post(visitor, body, status, type="application/json"):
    return visitor.post("/api/users", body, content_type=type, status=status)


@pytest.mark.parametrize(
    ("body", "detail"),
    [
        (b"", "The body is not JSON: line 1, column 1. It ends too early."),
        (b'{"name": NaN}', "The body is not JSON: there is no NaN in it, only numbers and null."),
        (b'{"name": Infinity}', "The body is not JSON: there is no Infinity in it, only numbers and null."),
        (b'{"name": ' + b"9" * 5000 + b"}", "The body is not JSON: it has a number of thousands of digits."),
        (b'{"name": "\xff"}', "That is not UTF-8."),
        (b"[" * 100_000 + b"]" * 100_000, "The JSON is nested too deeply."),
        (b'{"name":' * 100_000 + b"1" + b"}" * 100_000, "The JSON is nested too deeply."),
        (b"[]", 'The body must be a JSON object, like {"name": "value"}.'),
        (b'"Ada"', 'The body must be a JSON object, like {"name": "value"}.'),
        (b"null", 'The body must be a JSON object, like {"name": "value"}.'),
    ],
)
def test_what_is_no_json_object_is_400(visitor, body, detail):
    assert post(visitor, body, 400).json["detail"] == detail


WINDOWS = "In Windows' shell the body stands in double quotes, with \\\" for each one within it."
UNQUOTED = "Names and texts stand in double quotes. Windows' shell takes them away: write \\\" for each one."


@pytest.mark.parametrize(
    ("body", "place", "cause"),
    [
        ("{", (1, 2), "It ends too early."),
        ('{"name": "Ada",\n "uid": "ada",\n}', (3, 1), "There is a comma behind the last value."),
        ('{"names": ["Ada", "Eve",]}', (1, 25), "There is a comma behind the last value."),
        ("{'name': 'Ada'}", (1, 2), "Names and texts stand in double quotes."),
        ("'{name:", (1, 1), WINDOWS),
        ("{\"name\": 'Ada'}", (1, 10), "Names and texts stand in double quotes."),
        ("{name: Ada}", (1, 2), UNQUOTED),
        ('{"name": Ada}', (1, 10), UNQUOTED),
        ('{"name": "Ada"} // me', (1, 17), "JSON has no comments."),
        ('{"name": "Ada\nEve"}', (1, 14), "A new line within a text is written \\n, a tab \\t."),
        ('{"name" "Ada"}', (1, 9), ""),
    ],
)
def test_what_is_no_json_is_told_with_its_place_and_the_usual_cause(visitor, body, place, cause):
    detail = post(visitor, body, 400).json["detail"]
    line, column, said = re.fullmatch(r"The body is not JSON: line (\d+), column (\d+)\.(?: (.+))?", detail).groups()
    assert int(line) == place[0] or cause == "There is a comma behind the last value."  # Python 3.13 names the comma
    assert abs(int(column) - place[1]) <= 1 or int(line) != place[0]
    assert (said or "") == cause


def test_the_mark_that_some_editors_put_before_a_text_is_passed_over(visitor):
    assert post(visitor, b'\xef\xbb\xbf{"name": "Ada", "uid": "ada"}', 201).json["uid"] == "ada"


def test_a_name_that_nobody_knows_is_repeated_once_and_shortened(visitor):
    for name in ("é" * 400_000, "x" * 900_000):
        answer = post(visitor, json.dumps({name: 1}, ensure_ascii=False).encode(), 422)
        assert answer.json["problems"] == {f"{name[:60]}…": "is not a field"}
        assert answer.text.count(json.dumps(name[:60])[1:-1]) == 1
    answer = post(visitor, json.dumps({f"n{number}": 1 for number in range(50_000)}).encode(), 422)
    assert len(answer.json["problems"]) == 100
    twice = b'{"%b": 1, "%b": 2}' % (b"x" * 400_000, b"x" * 400_000)
    assert len(post(visitor, twice, 422).body) < 500


@pytest.mark.parametrize("type", ["text/plain", "", "application/x-www-form-urlencoded", "application/jsonp"])
def test_another_type_is_415(visitor, type):
    assert post(visitor, b'{"name": "Ada"}', 415, type).json["detail"] == "Please send application/json."


def test_a_type_may_have_parameters_and_capitals(visitor):
    body = json.dumps({"name": "Zoë", "uid": "zoe"}, ensure_ascii=False).encode()
    assert post(visitor, body, 201, "Application/JSON; charset=utf-8").json["name"] == "Zoë"


@pytest.mark.parametrize("size", [MEGABYTES + 1, 6 * MEGABYTES])
def test_too_much_is_413(visitor, size):
    answer = post(visitor, b'{"name": "' + b"x" * size, 413)
    assert answer.json["detail"] == "At most 1,024 KiB can be sent here."
    page = visitor.post("/users", b"name=" + b"x" * size, status=413)
    assert page.html.h1.text == "That is too much at once"


def chunked(visitor, path, body, type, **environ):
    """A body whose length nobody says, as another server hands it over."""
    request = Request.blank(path, method="POST", content_type=type)
    request.environ.pop("CONTENT_LENGTH", None)
    request.environ |= {"wsgi.input": BytesIO(body), "HTTP_TRANSFER_ENCODING": "chunked", **environ}
    return request.get_response(visitor.app)


def test_too_much_in_chunks_is_413_where_the_server_says_where_it_ends(visitor):
    good = b'{"name": "Ada", "uid": "ada"}'
    environ = {"wsgi.input_terminated": True}
    for rest in (b" " * MEGABYTES, b" " * (MEGABYTES - len(good)) + b"rubbish"):
        answer = chunked(visitor, "/api/users", good + rest, "application/json", **environ)
        assert answer.status_int == 413
        assert answer.json["detail"] == "At most 1,024 KiB can be sent here."
    answer = chunked(visitor, "/users", b"name=Ada&uid=ada&x=" + b"x" * MEGABYTES, FORM, **environ)
    assert answer.status_int == 413
    assert visitor.get("/api/users").json["total"] == 10
    just_enough = good + b" " * (MEGABYTES - len(good))
    assert chunked(visitor, "/api/users", just_enough, "application/json", **environ).status_int == 201


def test_too_many_files_in_chunks_are_413(member):
    part = b'--x\r\nContent-Disposition: form-data; name="image"; filename="a.png"\r\n\r\n'
    cookie = {"HTTP_COOKIE": f"session={member.cookies['session']}", "wsgi.input_terminated": True}
    for rest in (bytes(6 * MEGABYTES + 1), b"\r\n--x--\r\n" + bytes(6 * MEGABYTES)):
        assert chunked(member, "/posts", part + rest, "multipart/form-data; boundary=x", **cookie).status_int == 413


@pytest.mark.parametrize("environ", [{}, {"CONTENT_LENGTH": ""}, {"wsgi.input_terminated": False}], ids=str)
def test_a_body_of_which_nobody_knows_where_it_ends_is_411(visitor, member, environ):
    log_in = b'{"uid": "niko", "password": "123niko"}'
    answer = chunked(visitor, "/api/sessions", log_in, "application/json", **environ)
    assert (answer.status_int, answer.content_type) == (411, "application/problem+json")
    assert "with its length" in answer.json["detail"]
    assert "with its length" in chunked(visitor, "/login", b"uid=niko&password=x", FORM, **environ).text
    cookie = {"HTTP_COOKIE": f"session={member.cookies['session']}"}
    answer = chunked(member, "/posts", b"--x--", "multipart/form-data; boundary=x", **cookie, **environ)
    assert answer.status_int == 411


def test_just_enough_is_read(visitor):
    body = json.dumps({"name": "Ada", "uid": "x" * (MEGABYTES - 40)}).encode()
    assert post(visitor, body, 422).json["problems"] == {"uid": "must have at most 64 characters"}


def test_a_form_of_another_type_is_415(visitor):
    visitor.post("/users", b"{}", content_type="application/json", status=415)
    visitor.post("/users", upload_files=[("name", "x.txt", b"Ada")], status=415)


@pytest.mark.parametrize("body", [b"name=\xff", b"name=%FF", b"&".join(b"f%d=1" % n for n in range(101))])
def test_a_form_that_cannot_be_read_is_400(visitor, body):
    visitor.post("/users", body, status=400)


def test_a_name_that_comes_twice_in_json_is_422(visitor):
    answer = post(visitor, b'{"name": "Ada", "uid": "ada", "uid": "eve"}', 422)
    assert answer.json["problems"] == {"uid": "must be given once"}


def test_a_body_that_ends_too_early_is_400(visitor):
    environ = {"CONTENT_LENGTH": "500"}
    visitor.post("/api/users", b'{"name"', content_type="application/json", extra_environ=environ, status=400)


def test_a_field_sent_twice_is_422(visitor):
    answer = visitor.post("/users", b"name=Ada&name=Eve&uid=ada", status=422)
    assert "name must be given once" in " ".join(answer.html.main.li.text.split())


def test_a_form_with_a_field_of_another_model_is_422(visitor):
    answer = visitor.post("/users", b"name=Ada&uid=ada&role=admin", status=422)
    assert "role is not a field" in " ".join(answer.html.main.li.text.split())
    assert visitor.get("/api/users").json["total"] == 10
