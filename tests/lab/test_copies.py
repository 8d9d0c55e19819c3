"""A recorded request as a text to paste: it runs, it is the same request, and it holds no secret."""

import http.client
import json
import shutil
import subprocess
from contextlib import closing
from urllib.parse import urlencode

import pytest
from bs4 import BeautifulSoup

from tests.drawn import png
from tests.server import free_port, server

HOSTILE = 'it\'s "$(touch gone)" `id` \\ %41 @/etc/passwd {a,b} [1-3] é 𝄞 ${x} </script> ••• \u2028 #&?=+'
FORM = "application/x-www-form-urlencoded"
REQUESTS = {
    "a search": ("GET", f"/users?{urlencode({'search': HOSTILE})}", None, ""),
    "an odd search": ("GET", "/users?search=[1-3]{a,b}$(touch+gone)&limit", None, ""),
    "a path": ("GET", "/users/%27%3Btouch%20gone%3B%27%5B1-3%5D%C3%A9", None, ""),
    "a form": ("POST", "/users", urlencode({"name": f"@{HOSTILE}", "uid": "", "password": "correct horse"}), FORM),
    "lines": ("POST", "/users", urlencode({"name": "one\r\ntwo\x00three", "uid": "'\n'"}), FORM),
    "JSON": (
        "POST",
        "/api/users",
        json.dumps({"name": HOSTILE, "uid": "", "password": "correct horse"}),
        "application/json",
    ),
    "a list": ("POST", "/api/users", json.dumps([HOSTILE, 1, None, True]), "application/json"),
    "no JSON object": ("POST", "/api/users", json.dumps({"name": {"a": [1.5, HOSTILE]}}), "application/json"),
    "another type": ("PATCH", "/api/users/1", b"<x>", "text/xml"),
    "nothing": ("DELETE", "/api/users/2", None, ""),
    "a head": ("HEAD", "/users", None, ""),
}


@pytest.fixture(scope="module")
def port(tmp_path_factory):
    """Where a site with the lesson's passwords is."""
    place, port = tmp_path_factory.mktemp("site"), free_port()
    with server(place, port, SAMPLE_DATA="lesson"):
        yield port


def ask(port, method, path, body=None, **headers):
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=20)) as connection:
        connection.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
        answer = connection.getresponse()
        return answer, answer.read()


def newest(port):
    number = json.loads(ask(port, "GET", "/lab/requests.json")[1])["requests"][0]["number"]
    return json.loads(ask(port, "GET", f"/lab/requests/{number}.json")[1])


def pasted(port, name):
    """The newest request, as its page offers it."""
    html = BeautifulSoup(ask(port, "GET", f"/lab/requests/{newest(port)['number']}")[1], "html.parser")
    return next(each.pre.text for each in html.select("#again details") if each.summary.text == name)


def what(record):
    """What makes a request the same one."""
    return {name: record[name] for name in ("method", "path", "query", "body", "status")}


def send(port, case):
    method, path, body, kind = REQUESTS[case]
    ask(port, method, path, body, **({"Content_Type": kind} if kind else {}))
    return newest(port)


@pytest.mark.skipif(not shutil.which("curl"), reason="there is no curl")
@pytest.mark.parametrize("case", REQUESTS)
def test_as_curl_it_is_the_same_request(port, case, tmp_path):
    record = send(port, case)
    text = pasted(port, "As curl")
    done = subprocess.run(["sh", "-c", text], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    again = newest(port)
    assert again["number"] > record["number"]
    assert what(again) == what(record)
    assert "correct horse" not in text
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not shutil.which("node"), reason="there is no node")
@pytest.mark.parametrize("case", REQUESTS)
def test_as_fetch_it_is_the_same_request(port, case, tmp_path):
    record = send(port, case)
    script = tmp_path / "pasted.js"
    script.write_text(pasted(port, "As fetch"))
    done = subprocess.run(["node", str(script)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(str(record["status"]))
    again = newest(port)
    assert again["number"] > record["number"]
    assert what(again) == what(record)


def test_a_token_and_a_cookie_are_left_out_and_the_text_runs_all_the_same(port, tmp_path):
    _, body = ask(
        port,
        "POST",
        "/api/sessions",
        json.dumps({"uid": "niko", "password": "123niko"}),
        Content_Type="application/json",
    )
    token = json.loads(body)["token"]
    ask(port, "GET", "/api/me", Authorization=f"Bearer {token}", Cookie=f"session={token}; browser=x")
    texts = {name: pasted(port, name) for name in ("As curl", "As fetch", "As a test")}
    assert not [name for name, text in texts.items() if token in text]
    assert "Authorization: Bearer •••" in texts["As curl"]
    assert "Cookie: session=•••; browser=•••" in texts["As curl"]
    assert subprocess.run(["sh", "-c", texts["As curl"]], capture_output=True, check=False).returncode == 0
    assert newest(port)["status"] == 401
    if shutil.which("node"):
        script = tmp_path / "pasted.js"
        script.write_text(texts["As fetch"])
        done = subprocess.run(["node", str(script)], capture_output=True, text=True, check=False)
        assert done.stdout.startswith("401"), done.stderr


def test_a_form_with_a_file_is_copied_with_a_place_for_it(port, tmp_path):
    note = HOSTILE.replace("\u2028", "")
    boundary, parts = "b", []
    for name, filename, content in (("note", "", note.encode()), ("image", "red.png", png())):
        head = f'Content-Disposition: form-data; name="{name}"' + (f'; filename="{filename}"' if filename else "")
        parts.append(f"--{boundary}\r\n{head}\r\n\r\n".encode() + content + b"\r\n")
    body = b"".join([*parts, f"--{boundary}--\r\n".encode()])
    _, answered = ask(
        port,
        "POST",
        "/api/sessions",
        json.dumps({"uid": "niko", "password": "123niko"}),
        Content_Type="application/json",
    )
    kind, token = f"multipart/form-data; boundary={boundary}", json.loads(answered)["token"]
    answer, _ = ask(port, "POST", "/api/posts", body, Content_Type=kind, Authorization=f"Bearer {token}")
    assert answer.status == 201
    (tmp_path / "picture.png").write_bytes(png())
    text = pasted(port, "As curl").replace("•••'", f"{token}'", 1)
    subprocess.run(["sh", "-c", text], cwd=tmp_path, capture_output=True, check=True)
    record = newest(port)
    assert (record["status"], record["body"]["note"]) == (201, note)
    if shutil.which("node"):
        script = tmp_path / "pasted.js"
        ask(port, "POST", "/api/posts", body, Content_Type=kind, Authorization=f"Bearer {token}")
        script.write_text(pasted(port, "As fetch").replace("•••", token, 1))
        done = subprocess.run(["node", str(script)], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        assert newest(port)["body"]["note"] == note


def test_as_tests_they_run_and_pass(port, house):
    """On the sample rows, as all tests."""
    texts = []
    for case in REQUESTS:
        send(port, case)
        texts.append(pasted(port, "As a test"))
    ask(port, "POST", "/api/users", json.dumps({"name": "New", "uid": "new"}), Content_Type="application/json")
    texts.append(pasted(port, "As a test"))
    form = urlencode({"uid": "niko", "password": "123niko", "next": "/posts"})
    answer, _ = ask(port, "POST", "/login", form, Content_Type=FORM)
    cookie = "; ".join(each.split(";")[0] for each in answer.headers.get_all("Set-Cookie"))
    ask(
        port,
        "POST",
        "/users/2/edit",
        urlencode({"name": "Nik", "uid": "niko", "dob": ""}),
        Content_Type=FORM,
        Cookie=cookie,
    )
    texts.append(pasted(port, "As a test"))
    assert 'log_in("niko")' in texts[-1]
    ask(
        port,
        "POST",
        "/api/users",
        json.dumps({"name": "Own", "uid": "own", "password": "correct horse"}),
        Content_Type="application/json",
    )
    texts.append(pasted(port, "As a test"))
    assert "SECRET" in texts[-1]
    for number, text in enumerate(texts):
        (house.models.parent / "tests" / f"test_pasted_{number}.py").write_text(text)
    code, out, errors = house(
        "-m", "pytest", "-q", "-p", "no:cacheprovider", *(f"tests/test_pasted_{n}.py" for n in range(len(texts)))
    )
    assert code == 0, out + errors
    assert f"{len(texts)} passed" in out


def test_a_form_of_our_own_page_is_copied_without_where_it_came_from(port):
    own = {"Origin": f"http://127.0.0.1:{port}", "Sec_Fetch_Site": "same-origin"}
    ask(port, "POST", "/users", urlencode({"name": "", "uid": "x"}), Content_Type=FORM, **own)
    assert "Origin" not in pasted(port, "As a test")
    ask(port, "POST", "/api/jokes/1/haha", b"", Origin="https://page.example")
    assert "https://page.example" in pasted(port, "As a test")
