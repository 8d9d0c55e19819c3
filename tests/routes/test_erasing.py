"""Somebody deleted for good: nothing of them is left to read or to bring back."""

import re
from pathlib import Path

from models.change import Change
from models.changed_row import ChangedRow
from models.joke import Joke
from models.receipt import Receipt
from models.shared.alteration.kept import (
    KEPT_PREFIX,
    KeptAlteration,
    KeptTable,
    copy_rows_aside,
    next_number,
    note_alteration,
)
from models.shared.database import database
from models.shared.history.people import FORMER_MEMBER, names_of_people
from models.shared.storage import storage
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


def test_before_a_deletion_it_is_said_whether_it_can_be_undone(member, admin, monkeypatch):
    assert "It can be undone, as long as the history has it." in member.get("/posts/4/delete")
    assert "It can be undone" in admin.get("/jokes/1/delete")
    monkeypatch.setattr(Joke, "history", False)
    assert "Nobody can bring it back." in admin.get("/jokes/1/delete")
