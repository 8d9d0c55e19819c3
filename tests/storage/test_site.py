"""A site whose pictures are in a bucket: the same addresses, the same access, and files that come and go with rows."""

import io
import zipfile
from dataclasses import replace

import pytest
from PIL import Image
from webtest import TestApp

from app import create_app
from lab.stage import LentFolder
from models.group import Group
from models.hidden_post import HiddenPost
from models.shared.database import database
from models.shared.picture_rows import all_files
from models.user import User
from tests.drawn import gif, png
from tests.forgotten import forget_history

YEAR = "public, max-age=31536000, immutable"


def post_file(browser, content, status=201, **fields):
    return browser.post("/api/posts", {"note": "Look"} | fields, upload_files=[("image", "x", content)], status=status)


def test_a_member_posts_a_picture_with_the_form_and_everyone_sees_it(member, visitor, bucket):
    form = member.get("/posts/new").forms["new-post"]
    form["note"], form["alt"], form["image"] = "Look", "Nothing but red", ("x.png", png(1000, 500))
    form.submit(status=303)
    picture = visitor.get("/posts").html.select_one(".post img")
    assert visitor.get(picture["src"]).content_type == "image/png"
    large = visitor.get(picture.parent["href"])
    assert Image.open(io.BytesIO(large.body)).size == (1000, 500)
    with database.connection_context():
        assert bucket.names() == set(all_files())


def test_it_is_served_as_from_a_folder_and_nobody_is_sent_elsewhere(member, visitor):
    answer = visitor.get(post_file(member, gif(40)).json["image"]["url"], status=200)
    assert answer.content_type == "image/gif"
    assert answer.headers["Cache-Control"] == YEAR
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "Set-Cookie" not in answer.headers


def test_a_part_of_it_can_be_had(member, visitor):
    url = post_file(member, gif(40)).json["image"]["url"]
    whole = visitor.get(url).body
    assert visitor.get(url, headers={"Range": "bytes=5-9"}, status=206).body == whole[5:10]
    assert visitor.head(url).headers["Content-Length"] == str(len(whole))


def test_whoever_has_it_is_told_so_without_asking_the_bucket(member, visitor, line):
    url = post_file(member, png()).json["image"]["url"]
    tag = visitor.get(url).headers["ETag"]
    before = line.sent
    visitor.get(url, headers={"If-None-Match": tag}, status=304)
    assert line.sent == before


def test_a_picture_of_a_hidden_post_is_for_its_author_and_admins_only(member, visitor):
    post = post_file(member, png()).json
    with database.connection_context():
        HiddenPost.create(post=post["id"], reason="Not kind", hidden_by=1)
    visitor.get(post["image"]["url"], status=404)
    assert member.get(post["image"]["url"], status=200).headers["Cache-Control"] == "private, no-cache"


def test_a_picture_of_a_post_for_a_group_is_for_the_group_only(member, other, visitor, bucket):
    with database.connection_context():
        group = Group.create(name="P3")
        group.add(User.get(uid="niko"))
    before = bucket.names()
    for_all = post_file(member, png(800, 400)).json
    member.patch_json(f"/api/posts/{for_all['id']}", {"group": group.id}, status=200)
    at_once = post_file(member, png(800, 400), group=str(group.id)).json
    names = {name for post in (for_all, at_once) for name in (post["image"]["url"], post["image"]["thumb"])}
    assert {name.rpartition("/")[2] for name in names} == bucket.names() - before
    for url in names:
        answer = member.get(url, status=200)
        assert answer.headers["Cache-Control"] == "private, no-cache"
        for somebody in (other, visitor):
            somebody.get(url, status=404)
            somebody.get(url, headers={"If-None-Match": answer.headers["ETag"]}, status=404)
            somebody.get(url, headers={"Range": "bytes=0-9"}, status=404)


def test_with_the_directory_for_members_a_visitor_gets_no_picture(member, settings):
    url = post_file(member, png()).json["image"]["url"]
    site = create_app(replace(settings, directory="members"))
    assert TestApp(site).get(url, status=303).headers["Location"].startswith("/login")
    browser = TestApp(site, cookiejar=member.cookiejar)
    assert browser.get(url, status=200).headers["Cache-Control"] == "private, no-cache"


def test_files_go_after_their_rows(member, bucket):
    before = bucket.names()
    number = post_file(member, png()).json["id"]
    assert len(bucket.names() - before) == 2
    member.put(f"/api/posts/{number}/image", gif())
    member.delete(f"/api/posts/{number}", status=204)
    forget_history()
    assert bucket.names() == before


def test_who_is_erased_leaves_no_picture(admin, member, bucket):
    before = bucket.names()
    member.put("/api/users/2/image", png())
    post_file(member, png())
    member.delete("/api/users/2", status=204)
    assert len(bucket.names() - before) > 2  # the history has them
    admin.post_json("/api/users/2/erase", {}, status=204)
    assert not bucket.names() - before


def test_a_row_that_cannot_be_written_leaves_no_file(member, bucket):
    before = bucket.names()
    with database.connection_context():
        database.execute_sql("create trigger no before insert on posts begin select raise(abort, 'no'); end")
    post_file(member, png(), status=500)
    assert bucket.names() == before


def test_a_lost_picture_is_a_note(member, visitor, bucket):
    image = post_file(member, png()).json["image"]
    bucket.client.delete_object(Bucket="our-bucket", Key=f"{bucket.prefix}/{image['url'].rpartition('/')[2]}")
    assert "This picture is missing" in visitor.get(image["url"], status=404)


def test_the_lessons_pages_get_their_pictures(visitor):
    posts = [post for user in visitor.get("/lesson/api/users").json for post in user["posts"] if post["image"]]
    assert len(posts) == 4
    assert all(post["base64"] for post in posts)


def test_somebodys_own_data_has_their_pictures(member):
    name = post_file(member, png()).json["image"]["url"].strip("/")
    assert name in zipfile.ZipFile(io.BytesIO(member.get("/account/export").body)).namelist()


def test_a_rehearsal_sees_no_picture_of_a_bucket_and_takes_none_away(tmp_path, bucket, objects):
    objects.put("0123.png", b"content")
    lent = LentFolder(tmp_path / "copy", objects.lent)
    with pytest.raises(FileNotFoundError):
        lent.open("0123.png")
    lent.delete("0123.png")
    assert lent.gone == {"0123.png"}
    assert bucket.names() == {"0123.png"}
