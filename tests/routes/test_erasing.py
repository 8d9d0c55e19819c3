"""Somebody deleted for good: nothing of them is left to read or to bring back."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path

from webtest import TestApp

from models.change import Change
from models.changed_row import ChangedRow
from models.closed_account import ClosedAccount
from models.draft import Draft
from models.group import Group
from models.hidden_post import HiddenPost
from models.joining import Joining
from models.joke import Joke
from models.known_browser import KnownBrowser
from models.membership import Membership
from models.receipt import Receipt
from models.shared.alteration.kept import (
    KEPT_PREFIX,
    KeptAlteration,
    KeptTable,
    copy_rows_aside,
    next_number,
    note_alteration,
)
from models.shared.database import checkpoint, database
from models.shared.fields import utc_now
from models.shared.history.people import FORMER_MEMBER, names_of_people
from models.shared.loading import all_models
from models.shared.storage import storage
from models.slip import Slip
from models.user import User
from tests.drawn import png


def words_of_database():
    """All that is in the file, as somebody with an editor would see it."""
    with database.connection_context():
        database.obj.copy_log()
    return Path(database.database).read_bytes()


def test_whoever_deletes_themselves_for_good_leaves_no_trace(member, admin, settings):
    member.put("/api/users/2/image", png())
    member.put("/api/posts/4/image", png())
    member.patch_json("/api/users/2", {"name": "Somebody Quite Rare"})
    member.post_json("/api/posts", {"note": "A note that is quite rare"}, headers={"Idempotency-Key": "1"})
    member.delete("/api/posts/5", status=204)
    admin.patch_json("/api/users/2", {"dob": "1856-07-11"}, headers={"Idempotency-Key": "2"}, status=200)
    pictures = set(storage.names())
    page = member.get("/users/2/delete")
    assert "An admin can undo this" in page
    page = page.click("Delete for good instead")
    assert "Nobody can bring anything of it back." in page
    page.forms["erase-user"].submit(status=303)
    assert member.get("/account", status=303).headers["Location"].startswith("/login")
    admin.get("/api/users/2", status=404)
    with database.connection_context():
        told = ChangedRow.select().where(ChangedRow.table_name == "users", ChangedRow.row_id == 2)
        assert {(row.before, row.after) for row in told} == {(None, None)}
        assert names_of_people([1, 2]) == {1: "Thomas Edison", 2: FORMER_MEMBER}
        assert not Receipt.select().where(Receipt.body.contains("rare")).exists()
        assert Change.select().order_by(Change.id.desc()).first().label == "erased"
    assert len(pictures - set(storage.names())) == 6  # one came with the sample rows
    assert b"rare" not in words_of_database()
    assert b"Tesla" not in words_of_database()


def test_an_admin_erases_who_is_deleted_already_and_once(admin, member):
    admin.delete("/api/users/2", status=204)
    with database.connection_context():
        assert names_of_people([2]) == {2: "Nikola Tesla"}
    page = admin.get("/users/2/erase")
    assert page.html.h1.text == "Delete Nikola Tesla for good?"
    page.forms["erase-user"].submit(status=303)
    with database.connection_context():
        assert names_of_people([2]) == {2: FORMER_MEMBER}
    assert not re.search("Nikola|Tesla", admin.get("/users").text)
    admin.get("/users/2/erase", status=404)
    admin.post_json("/api/users/2/erase", {}, status=404)


def test_the_last_admin_stays_and_nobody_else_learns_who_is_gone(admin, other):
    assert admin.post_json("/api/users/1/erase", {}, status=422).json["problems"]
    page = admin.get("/users/1/erase").forms["erase-user"].submit(status=422)
    assert "is the only admin" in page
    admin.delete("/api/users/2", status=204)
    other.post_json("/api/users/2/erase", {}, status=403)
    other.post_json("/api/users/99/erase", {}, status=403)


def test_what_is_kept_of_them_for_the_undo_of_a_changed_table_goes_too(admin):
    with database.connection_context():
        number = next_number()
        copy_rows_aside("users", f"{KEPT_PREFIX}{number}_0_before")
        table = KeptTable("users", "users", f"{KEPT_PREFIX}{number}_0_before", f"{KEPT_PREFIX}{number}_0_after", {})
        note_alteration(KeptAlteration(number, "", [], [table], ""))
    assert words_of_database().count(b"Tesla") > 1
    admin.post_json("/api/users/2/erase", {}, status=204)
    assert b"Tesla" not in words_of_database()


def test_no_table_no_index_and_no_file_has_anything_of_them_afterwards(visitor, member, admin, settings):
    zuzu = sign_up(visitor, name="Zuzu Zzyzx", uid="zuzu")
    zuzu.put(f"{zuzu.page}/image", png())
    zuzu.post("/posts/import", {"text": "note\nWhat Zzyzx may write one day"})
    note = {"note": "By Zzyzx, in a hurry"}
    post = zuzu.post_json("/api/posts", note, headers={"Idempotency-Key": "1"}).json["id"]
    zuzu.put(f"/api/posts/{post}/image", png())
    zuzu.patch_json(f"/api/posts/{post}", {"note": "By Zzyzx, better"})
    zuzu.delete(f"/api/posts/{zuzu.post_json('/api/posts', note).json['id']}", status=204)
    admin.patch_json(zuzu.page, {"name": "Zuzu B. Zzyzx"}, headers={"Idempotency-Key": "2"})
    visitor.post("/login", {"uid": "zuzu", "password": "wrong"}, status=422)
    with database.connection_context():
        give_all_of_a_class(zuzu.id, post)
    assert b"zzyzx" in all_that_is_there(settings).lower()
    admin.post_json(f"{zuzu.page}/erase", {}, status=204)
    left = all_that_is_there(settings).lower()
    for word in (b"zuzu", b"zzyzx", b"hush"):
        assert word not in left, left[left.index(word) - 200 :][:400]
    with database.connection_context():
        rows = [(model, model.select().where(key == zuzu.id).count()) for model, key in keys_to_people()]
    assert [model for model, count in rows if count] == []


def sign_up(visitor, **values):
    browser = TestApp(visitor.app)
    browser.post("/users", values | {"password": "battery staple"}, status=303)
    browser.id = browser.get("/api/me").json["id"]
    browser.page = f"/api/users/{browser.id}"
    return browser


def give_all_of_a_class(user, post):
    group = Group.create(name="Period 3")
    membership = Membership.create(group=group, user=user)
    membership.update(role="teacher")
    Slip.create(user=user, password_hash="hush", link_digest="hush", pin_hash="hush", expires=utc_now())
    Joining.create(group=group, user=user, name="Z. Zzyzx", uid="zuzu", password_hash="hush", digest="hush")
    ClosedAccount.create(user=user, reason="Zzyzx rests", closed_by=1).update(reason="Zzyzx rests for long")
    HiddenPost.create(post=post, reason="Zzyzx was not kind", hidden_by=1).update(reason="Zzyzx was rude")
    HiddenPost.create(post=4, reason="It was", hidden_by=user)
    known = KnownBrowser.create(user=user, digest="hush")
    Draft.create(known_browser=known, path="/posts", texts='{"note": "Zzyzx did not"}')


def all_that_is_there(settings):
    """Each file of the data as it is on the disk, and the rows of the database as SQL."""
    with database.connection_context():
        checkpoint()
        copy = settings.volumes.parent / "copy.db"
        copy.unlink(missing_ok=True)
        database.execute_sql("VACUUM INTO ?", (str(copy),))
    with closing(sqlite3.connect(copy)) as program:
        sql = "\n".join(program.iterdump()).encode()
    files = [file for file in settings.volumes.rglob("*") if file.is_file()]
    return sql + b"".join(file.name.encode() + file.read_bytes() for file in files)


def keys_to_people():
    return [(model, key) for model in all_models() for key in model._meta.refs if key.rel_model is User]


def test_before_a_deletion_it_is_said_whether_it_can_be_undone(member, admin, monkeypatch):
    assert "It can be undone, as long as the history has it." in member.get("/posts/4/delete")
    assert "It can be undone" in admin.get("/jokes/1/delete")
    monkeypatch.setattr(Joke, "history", False)
    assert "Nobody can bring it back." in admin.get("/jokes/1/delete")
