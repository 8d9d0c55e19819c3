"""Pictures of posts: what is taken, what is refused without leaving a trace, and how they are served."""

import errno
import io
import os
import re
import time

import pytest
from PIL import Image
from webtest import TestApp

from models.post import Post
from models.shared import picture
from models.shared.database import database
from models.shared.picture_rows import all_files
from tests.drawn import NO_PICTURES, WELL_KNOWN, bomb, gif, jpeg, photo, png
from tests.forgotten import forget_history
from tests.server import on_two_processes_too

MEBIBYTE = 1024 * 1024
FORM = "multipart/form-data; boundary=x"
END = b"--x--\r\n"


@pytest.fixture
def uploads(settings):
    return settings.volumes / "uploads"


@pytest.fixture
def traces(uploads):
    """Call it for all that an upload may leave: the rows and the files."""

    def look():
        with database.connection_context():
            rows = list(Post.select().order_by(Post.id).dicts())
        return rows, {file.name: file.stat().st_mtime_ns for file in uploads.iterdir()}

    return look


def part(name="image", filename='"x.png"', content=b"", more=b""):
    filename = f"; filename={filename}" if filename else ""
    head = f'Content-Disposition: form-data; name="{name}"{filename}\r\n'.encode()
    return b"--x\r\n" + head + more + b"\r\n" + content + b"\r\n"


def post_raw(browser, body, status, path="/api/posts", type=FORM):
    """As it is: WebTest's own `post` would read a form first."""
    headers = {"Content-Type": type}
    return browser.request(path, method="POST", body=body, headers=headers, status=status)


def post_file(browser, content, name="x.png", status=201):
    return browser.post("/api/posts", {"note": "Look"}, upload_files=[("image", name, content)], status=status)


def newest_form(browser, number):
    return browser.get(f"/posts/{number}/edit").forms["edit-post"]


def test_a_member_posts_a_picture_with_the_form_and_everyone_sees_it(member, visitor, uploads):
    form = member.get("/posts/new").forms["new-post"]
    form["note"] = "Look"
    form["alt"] = "Nothing but red"
    form["image"] = ("x.png", png(1000, 500))
    form.submit(status=303)
    picture = visitor.get("/posts").html.select_one(".post img")
    assert (picture["alt"], picture["width"], picture["height"]) == ("Nothing but red", "480", "240")
    assert visitor.get(picture["src"]).content_type == "image/png"
    large = visitor.get(picture.parent["href"])
    assert Image.open(io.BytesIO(large.body)).size == (1000, 500)
    assert visitor.get("/users/2").html.select_one(".post img")["src"] == picture["src"]
    assert all((uploads / src.rsplit("/")[-1]).exists() for src in (picture["src"], picture.parent["href"]))


def test_a_program_posts_a_picture_and_reads_all_about_it(member, visitor):
    post = post_file(member, photo()).json
    image = post["image"]
    stem, extension = image["url"].rsplit(".")
    assert image == {
        "url": f"{stem}.{extension}",
        "thumb": f"{stem}-thumb.jpg",
        "width": 40,
        "height": 60,
        "type": "image/jpeg",
        "bytes": len(visitor.get(image["url"]).body),
    }
    assert visitor.get(f"/api/posts/{post['id']}").json == post
    assert visitor.get("/api/users/2").json["posts"][0] == post


def test_a_post_without_a_picture_is_sent_with_the_same_form(member):
    form = member.get("/posts/new").forms["new-post"]
    form["note"] = "Only words"
    form.submit(status=303)
    assert member.get("/api/posts?limit=1").json["posts"][0]["image"] is None


def test_the_owner_replaces_and_removes_the_picture_in_the_form(member, uploads):
    number = post_file(member, png()).json["id"]
    before = set(uploads.iterdir())
    form = newest_form(member, number)
    form["image"] = ("y.jpg", jpeg())
    form["alt"] = "Red again"
    form.submit(status=303)
    post = member.get(f"/api/posts/{number}").json
    assert (post["image"]["type"], post["alt"]) == ("image/jpeg", "Red again")
    forget_history()
    assert len(set(uploads.iterdir()) - before) == len(before - set(uploads.iterdir())) == 2
    form = newest_form(member, number)
    form["remove"] = True
    form.submit(status=303)
    post = member.get(f"/api/posts/{number}").json
    assert (post["image"], post["alt"], post["note"]) == (None, None, "Look")
    forget_history()
    assert set(uploads.iterdir()) < before
    assert "remove" not in newest_form(member, number).fields


def test_the_description_of_the_old_picture_does_not_stay_with_a_new_one(member):
    post = member.put("/api/posts/4/image", {"alt": "A red square"}, upload_files=[("image", "x", png())]).json
    form = newest_form(member, post["id"])
    form["image"] = ("y.gif", gif())
    form.submit(status=303)
    assert member.get(f"/api/posts/{post['id']}").json["alt"] is None


def test_saving_only_words_keeps_the_picture(member):
    post = post_file(member, png()).json
    form = newest_form(member, post["id"])
    form["note"] = "Other words"
    form.submit(status=303)
    assert member.get(f"/api/posts/{post['id']}").json["image"] == post["image"]


@pytest.mark.parametrize("type", ["image/png", "text/html", "application/x-www-form-urlencoded", ""])
def test_a_program_puts_a_picture_as_the_body_whatever_type_it_says(member, type):
    post = member.put("/api/posts/4/image", gif(), content_type=type).json
    assert post["image"]["type"] == "image/gif"


def test_a_program_puts_a_picture_as_a_form_with_its_description(member):
    fields = {"alt": "Red"}
    post = member.put("/api/posts/4/image", fields, upload_files=[("image", "x", png())]).json
    assert (post["alt"], post["image"]["type"]) == ("Red", "image/png")
    assert member.put("/api/posts/4/image", gif()).json["alt"] is None  # it described another picture


def test_a_program_takes_the_picture_away_once(member, uploads):
    number = post_file(member, png()).json["id"]
    before = len(list(uploads.iterdir()))
    member.delete(f"/api/posts/{number}/image", status=204)
    forget_history()
    assert len(list(uploads.iterdir())) == before - 2
    member.delete(f"/api/posts/{number}/image", status=404)


@pytest.mark.parametrize(("path", "count"), [("/api/posts/20", 2), ("/api/users/2", 4)])
def test_with_a_post_or_a_user_the_files_go_too(member, uploads, path, count):
    post_file(member, png())  # the second picture of user 2
    before = len(list(uploads.iterdir()))
    member.delete(path, status=204)
    forget_history()
    left = {file.name for file in uploads.iterdir()}
    assert len(left) == before - count
    with database.connection_context():
        assert left == set(all_files())


def test_a_deletion_that_fails_keeps_the_files(member, traces, monkeypatch):
    member.put("/api/posts/4/image", png())
    before = traces()
    database.connect()
    database.execute_sql("create trigger no before delete on posts begin select raise(abort, 'no'); end")
    database.close()
    member.delete("/api/posts/4", status=500)
    member.delete("/api/users/2", status=500)
    assert traces() == before


@pytest.mark.parametrize("content", (NO_PICTURES | WELL_KNOWN).values(), ids=NO_PICTURES | WELL_KNOWN)
def test_what_is_no_picture_is_refused_by_its_name_and_leaves_no_trace(member, traces, content):
    before = traces()
    answer = post_file(member, content, "x.png", status=422)
    assert list(answer.json["problems"]) == ["image"]
    answer = member.put("/api/posts/4/image", content, content_type="image/png", status=422)
    assert list(answer.json["problems"]) == ["image"]
    assert traces() == before


@pytest.mark.parametrize(
    "content", [gif(2000, (4, 4)), png() + bytes(5 * MEBIBYTE + 1 - len(png())), bomb(), b""], ids=len
)
def test_too_much_and_nothing_are_refused_by_its_name_and_leave_no_trace(member, traces, content):
    before = traces()
    assert list(post_file(member, content, status=422).json["problems"]) == ["image"]
    assert list(member.put("/api/posts/4/image", content, status=422).json["problems"]) == ["image"]
    assert traces() == before


def test_a_refused_form_says_so_beside_the_picture_and_keeps_the_words(member, traces):
    before = traces()
    form = member.get("/posts/new").forms["new-post"]
    form["note"] = "Look"
    form["image"] = ("x.png", png() + bytes(5 * MEBIBYTE))
    page = form.submit(status=422)
    assert page.html.select_one("#image-problem").text == "Picture must have at most 5 MiB"
    assert page.forms["new-post"]["note"].value == "Look"
    assert traces() == before


@pytest.mark.parametrize(("path", "name"), [("/posts/new", "new-post"), ("/posts/4/edit", "edit-post")])
def test_when_many_pictures_are_being_looked_at_the_form_keeps_the_words(member, traces, monkeypatch, path, name):
    before = traces()
    form = member.get(path).forms[name]
    form["note"], form["alt"], form["image"] = "Look", "A red square", ("x.png", png())
    monkeypatch.setattr(picture.DECODING, "seconds", 0)
    with picture.decoding_slot(), picture.decoding_slot():
        page = form.submit(status=503)
        answer = member.put("/api/posts/4/image", png(), content_type="image/png", status=503)
    assert page.html.select_one("[role=alert]").text.startswith("Many pictures are being looked at just now.")
    assert [page.forms[name][each].value for each in ("note", "alt")] == ["Look", "A red square"]
    assert int(page.headers["Retry-After"]) > 0 < int(answer.headers["Retry-After"])
    assert traces() == before


def test_a_bad_note_and_a_bad_picture_are_told_at_once(member, traces):
    before = traces()
    answer = member.post("/api/posts", {"note": ""}, upload_files=[("image", "x", b"no")], status=422)
    assert sorted(answer.json["problems"]) == ["image", "note"]
    answer = member.post("/api/posts", {"note": ""}, upload_files=[("image", "x", png())], status=422)
    assert list(answer.json["problems"]) == ["note"]
    assert traces() == before


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (part(content=png(), filename=None), 422),
        (part(content=png(), filename='""'), 422),
        (part(content=png()) + part(content=png()), 422),
        (part("picture", content=png()), 422),
        (part("note", content=b"Hello"), 422),
        (part("", content=png()), 422),
        (b"--x\r\nA: " + b"b" * MEBIBYTE, 413),
        (b"--x\r\n" + b"A: b\r\n" * 200_000, 413),
        (b"--x\r\n\r\nno name\r\n", 400),
        (part("note", None, b"x" * MEBIBYTE), 413),
        (part("alt", None, b"x") * 101, 413),
        (part("alt", None, b"\xff"), 422),
        (part(content=b"x" * 7 * MEBIBYTE), 413),
        (b"", 422),
        (b"nothing that looks like a form", 422),
    ],
    ids=lambda value: str(value)[:60] if isinstance(value, bytes) else str(value),
)
def test_a_form_that_is_none_is_refused_and_leaves_no_trace(member, traces, body, status):
    before = traces()
    note = b"" if b'"note"' in body or status != 422 or not body.startswith(b"--x") else part("note", None, b"Look")
    answer = post_raw(member, note + body + END, status)
    if b'"image"' in body and status == 422:
        assert list(answer.json["problems"]) == ["image"]
    assert traces() == before


@pytest.mark.parametrize(
    ("twice", "name"), [(part("note", None, b"Look"), "note"), (part(content=png()), "image")], ids=["text", "file"]
)
def test_what_comes_twice_in_a_form_with_files_is_422(member, traces, twice, name):
    before = traces()
    answer = post_raw(member, twice + twice + END, 422)
    assert answer.json["problems"] == {name: "must be given once"}
    assert traces() == before


def test_a_form_without_its_boundary_is_400(member):
    post_raw(member, part() + END, 400, type="multipart/form-data")


def test_a_form_that_ends_too_early_is_400(member, traces):
    before = traces()
    post_raw(member, part(content=png()), 400)
    assert traces() == before


def test_far_too_much_gets_a_page(member):
    body = part(content=b"x" * 7 * MEBIBYTE)
    answer = post_raw(member, body, 413, path="/posts")
    assert answer.html.h1.text == "That is too much at once"
    assert "A file may have at most 5 MiB." in answer


@pytest.mark.parametrize(
    "name", ["../../x.png", "x.php", "CON", ".htaccess", "x" * 300, "é✓.png", "x.svg", "/etc/passwd", "a\\b.gif", "%00"]
)
def test_what_a_file_is_called_is_ignored(member, uploads, name):
    image = post_file(member, jpeg(), name).json["image"]
    assert re.fullmatch(r"/uploads/[0-9a-f]{32}\.jpg", image["url"])
    assert (uploads / image["url"].rsplit("/")[-1]).is_file()
    assert all(re.fullmatch(r"[0-9a-f]{32}(-thumb)?\.(jpg|png|gif)", file.name) for file in uploads.iterdir())


@pytest.mark.parametrize("type", [b"text/html", b"image/svg+xml", b"application/x-php", b";;;", b"image/gif"])
def test_what_type_a_file_claims_is_ignored(member, type):
    body = part("note", None, b"Look") + part(content=png(), more=b"Content-Type: " + type + b"\r\n")
    assert post_raw(member, body + END, 201).json["image"]["type"] == "image/png"


def test_a_visitor_is_turned_away_before_anything_is_decoded(visitor, traces):
    before = traces()
    post_file(visitor, png(), status=401)
    visitor.post("/posts", {"note": "Look"}, upload_files=[("image", "x", png())], status=303)
    assert traces() == before


@pytest.mark.parametrize("call", ["os.fsync", "pathlib.Path.rename", "pathlib.Path.open"])
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.EACCES])
def test_a_full_disk_or_a_folder_that_must_not_be_written_is_503_and_leaves_no_trace(
    member, traces, monkeypatch, call, number
):
    before = traces()

    def fail(*_arguments):
        raise OSError(number, "no")

    with monkeypatch.context() as patched:
        patched.setattr(call, fail)
        assert post_file(member, png(), status=503).headers["Retry-After"]
        member.put("/api/posts/4/image", png(), status=503)
    assert traces() == before
    post_file(member, png())


def test_a_thumbnail_that_cannot_be_kept_takes_the_picture_with_it(member, traces, monkeypatch):
    before, count, fsync = traces(), [], os.fsync

    def fail_later(number):
        count.append(number)
        if len(count) == 3:  # the picture, its folder, the thumbnail
            raise OSError(errno.ENOSPC, "no")
        fsync(number)

    with monkeypatch.context() as patched:
        patched.setattr("os.fsync", fail_later)
        post_file(member, png(), status=503)
    assert len(count) == 3
    assert traces() == before


@pytest.mark.parametrize("verb", ["insert", "update"])
def test_a_row_that_cannot_be_written_leaves_no_file(member, traces, verb):
    before = traces()
    database.connect()
    database.execute_sql(f"create trigger no before {verb} on posts begin select raise(abort, 'no'); end")
    database.close()
    if verb == "insert":
        post_file(member, png(), status=500)
    else:
        member.put("/api/posts/4/image", png(), status=500)
    assert traces() == before


@on_two_processes_too
def test_of_many_who_replace_a_picture_at_once_one_stays_and_so_do_its_files(member, uploads, at_once):
    def replace():
        TestApp(member.app, cookiejar=member.cookiejar).put("/api/posts/4/image", png(), status="*")

    at_once(*[replace] * 8)
    with database.connection_context():
        assert {file.name for file in uploads.iterdir()} == set(all_files())


def test_five_mebibytes_of_line_ends_cost_next_to_nothing(member):
    """Under 0.1 s of this process's own time, where Bottle's own parser takes 2.4 s."""
    ends = b"\r\n" * (5 * MEBIBYTE // 2)
    for body in (part(content=ends), part("note", None, ends), ends, b"--x\r\n" + ends):
        started = time.process_time()
        post_raw(member, body + END, "*")
        assert time.process_time() - started < 1  # far from 2.4, and from what a busy machine adds


def url_of(browser):
    return post_file(browser, gif(40)).json["image"]["url"]


def test_a_picture_is_served_so_that_a_browser_runs_nothing_and_keeps_it(member, visitor):
    url = url_of(member)
    answer = visitor.get(url)
    assert answer.content_type == "image/gif"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer.headers["Content-Disposition"] == "inline"
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.headers["ETag"] == f'"{url.rsplit("/")[-1]}"'
    assert answer.headers["Last-Modified"].endswith("GMT")
    assert answer.headers["Accept-Ranges"] == "bytes"
    head = visitor.head(url)
    assert (head.body, head.headers["Content-Length"]) == (b"", str(len(answer.body)))


def test_whoever_has_it_gets_it_no_second_time(member, visitor):
    url = url_of(member)
    headers = visitor.get(url).headers
    for asked in (
        {"If-None-Match": headers["ETag"]},
        {"If-None-Match": f'"other", W/{headers["ETag"]}'},
        {"If-None-Match": "*"},
        {"If-Modified-Since": headers["Last-Modified"]},
    ):
        answer = visitor.get(url, headers=asked, status=304)
        assert answer.body == b""
        assert answer.headers["ETag"] == headers["ETag"]
    visitor.get(url, headers={"If-None-Match": '"other"'}, status=200)


@pytest.mark.parametrize(("asked", "slice_"), [("0-9", slice(10)), ("5-", slice(5, None)), ("-7", slice(-7, None))])
def test_a_part_of_it_can_be_had(member, visitor, asked, slice_):
    url = url_of(member)
    whole = visitor.get(url).body
    answer = visitor.get(url, headers={"Range": f"bytes={asked}"}, status=206)
    assert answer.body == whole[slice_]
    assert answer.headers["Content-Length"] == str(len(whole[slice_]))
    assert answer.headers["Content-Range"].endswith(f"/{len(whole)}")
    visitor.get(url, headers={"Range": f"bytes={asked}", "If-Range": '"other"'}, status=200)
    assert visitor.get(url, headers={"Range": f"bytes={asked},3-4"}, status=200).body == whole


@pytest.mark.parametrize("asked", ["bytes=99999999-", "bytes=9-1", "lines=1-2", "bytes=a-b"])
def test_a_part_that_is_not_there_is_416(member, visitor, asked):
    answer = visitor.get(url_of(member), headers={"Range": asked}, status="*")
    assert answer.status_int in (200, 416)
    if answer.status_int == 416:
        assert answer.headers["Content-Range"].startswith("bytes */")


@pytest.mark.parametrize("unit", ["items", "lines", "pages", "", "Bytes"])
def test_whoever_asks_in_another_unit_gets_the_whole(member, visitor, unit):
    for url in (url_of(member), "/static/style.css"):
        whole = visitor.get(url).body
        assert visitor.get(url, headers={"Range": f"{unit}=0-1"}, status=200).body == whole
        assert visitor.get(url, headers={"Range": "bytes=0-1"}, status=206).body == whole[:2]


def test_whoever_wants_another_version_gets_nothing_and_is_told_so(member, visitor):
    answer = visitor.get(url_of(member), headers={"If-Match": '"other"'}, status=412)
    assert (answer.body, answer.headers["Content-Length"]) == (b"", "0")


def test_where_the_directory_is_for_members_so_are_the_pictures(visit, member):
    url = url_of(member)
    visitor = visit(directory="members")
    assert visitor.get(url, status=303).headers["Location"].startswith("/login?next=")
    browser = TestApp(visitor.app, cookiejar=member.cookiejar)
    assert browser.get(url).headers["Cache-Control"] == "private, no-cache"
    etag = browser.get(url).headers["ETag"]
    assert browser.get(url, headers={"If-None-Match": etag}, status=304)
    visitor.get(url, headers={"If-None-Match": etag}, status=303)


@pytest.mark.parametrize(
    "name",
    ["x.png", "..%2Fsqlite.db", "%2e%2e/sqlite.db", "sqlite.db", "0" * 32 + ".png", "0" * 32 + "-thumb.jpg", "%00", ""],
)
def test_only_what_a_post_owns_is_served(visitor, uploads, name):
    (uploads / f"{'0' * 32}.png").write_bytes(png())
    (uploads / "x.png").write_bytes(png())
    assert "There is nothing here" in visitor.get(f"/uploads/{name}", status=404)


def test_a_picture_that_is_taken_away_or_whose_user_is_gone_is_served_no_more(member, visitor):
    first = url_of(member)
    member.put("/api/posts/20/image", png())
    visitor.get(first, status=404)
    second = member.get("/api/posts/20").json["image"]["url"]
    database.connect()
    database.pragma("foreign_keys", 0)
    database.execute_sql("delete from users where id = 2")
    database.pragma("foreign_keys", 1)
    database.close()
    visitor.get(second, status=404)


def test_a_lost_file_shows_as_a_note_and_the_pages_go_on(member, visitor, uploads):
    url = url_of(member)
    for file in uploads.iterdir():
        file.unlink()
    answer = visitor.get(url, status=404)
    assert answer.content_type == "image/svg+xml"
    assert "This picture is missing" in answer
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert visitor.get("/posts").html.select_one(".post img")
    member.delete("/api/posts/20", status=204)


def test_a_name_that_somebody_typed_into_the_table_is_as_no_picture(member, visitor, uploads):
    database.connect()
    database.execute_sql("update posts set image = '../sqlite.db' where id = 4")
    database.close()
    assert visitor.get("/api/posts/4").json["image"] is None
    assert not visitor.get("/posts?search=1888").html.select("img")
    member.delete("/api/posts/4", status=204)
    assert (uploads.parent / "sqlite.db").exists()
