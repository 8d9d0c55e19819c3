"""A person's own data as one file."""

import io
import json
import re
import zipfile

import pytest

from models.attempt import Attempt
from models.draft import Draft
from models.group import Group
from models.hidden_post import HiddenPost
from models.joining import Joining
from models.known_browser import KnownBrowser
from models.membership import Membership
from models.post import Post
from models.session import Session
from models.shared.database import database
from models.shared.fields import utc_now
from models.shared.loading import all_models
from models.slip import Slip
from models.user import User
from routes.shared.own_data.person_rows import rows_of_person
from tests.drawn import png

LOOKS_SECRET = re.compile("digest|hash|token|code|password|content$")

# What is copies of other rows, or says of nobody whose it is; and the history, which has a file of its own.
NOBODYS = frozenset({"folded", "sign_ups", "changes", "changed_rows"})


@pytest.fixture
def own(member):
    """What the member's file has: by the names in it, JSON as its values."""

    def read(browser=member):
        answer = browser.get("/account/export")
        assert answer.headers["Content-Disposition"] == 'attachment; filename="account-2.zip"'
        assert answer.headers["Cache-Control"] == "no-store"
        archive = zipfile.ZipFile(io.BytesIO(answer.body))
        assert archive.testzip() is None
        files = {name: archive.read(name) for name in archive.namelist()}
        return {name: json.loads(file) if name.endswith(".json") else file for name, file in files.items()}

    return read


def give_all(user):
    """A row in each table that can say something of somebody; what is secret is `hush`."""
    group = Group.create(name="Period 3", join_code="hush")
    Membership.create(group=group, user=user)
    Slip.create(user=user, password_hash="hush", link_digest="hush", pin_hash="hush", expires=utc_now())
    Joining.create(group=group, user=user, name="N. Tesla", uid="niko", password_hash="hush", digest="hush")
    HiddenPost.create(post=Post.get(Post.user == user), reason="Not kind", hidden_by=1)
    browser = KnownBrowser.create(user=user, digest="hush")
    Draft.create(known_browser=browser, path="/posts", texts='{"note": "Half a"}')
    Attempt.create(uid="niko", address="browser hush")


def test_it_has_their_rows_of_every_table_and_no_secrets(own, member):
    member.post_json("/api/posts", {"note": "Once"}, headers={"Idempotency-Key": "1"})
    with database.connection_context():
        give_all(User.get_by_id(2))
        User.update(password_hash="hush").where(User.id == 2).execute()
    found = own()
    rows = {name.removeprefix("rows/").removesuffix(".json"): rows for name, rows in found.items() if "rows/" in name}
    with database.connection_context():
        tables = {model._meta.table_name for model in all_models()} - NOBODYS
    assert {name for name, each in rows.items() if each} == tables - {"jokes", "closed_accounts"}
    assert rows["closed_accounts"] == []  # whose account is closed cannot ask
    assert [(row["name"], row["uid"], row["dob"]) for row in rows["users"]] == [("Nikola Tesla", "niko", "1856-07-10")]
    assert {row["user"] for row in rows["posts"]} == {2}
    assert [row["name"] for row in rows["groups"]] == ["Period 3"]
    assert rows["drafts"][0]["texts"] == '{"note": "Half a"}'
    assert rows["hidden_posts"][0]["reason"] == "Not kind"
    assert "Once" in rows["receipts"][0]["body"]
    assert b"hush" not in str(found).encode()


def test_every_column_that_looks_like_a_secret_is_one():
    for model in all_models():
        if model._meta.table_name not in NOBODYS:
            columns = {field.name for field in model._meta.sorted_fields if LOOKS_SECRET.search(field.name)}
            assert columns <= {*model.secrets}, model


def test_it_has_nothing_of_anybody_else(own, other):
    with database.connection_context():
        give_all(User.get_by_id(5))
    other.patch_json("/api/users/5", {"name": "Somebody Else"})
    assert not re.search("Hopper|Somebody Else|Period 3|Half a|Not kind", str(own()))


def test_the_history_says_what_they_did_and_what_was_done_to_their_rows(own, member, admin, other):
    member.delete("/api/posts/5", status=204)
    member.patch_json("/api/posts/4", {"note": "My own words"})
    admin.patch_json("/api/posts/4", {"note": "Other words"})
    other.post_json("/api/posts", {"note": "Not theirs"})
    history = own()["history.json"]
    assert [(each["person"], each["rows"], each["id"], each["done"]) for each in history] == [
        (2, "posts", 5, "delete"),
        (2, "posts", 4, "update"),
        (1, "posts", 4, "update"),
    ]
    assert history[2]["before"] == {"note": "My own words"}
    assert history[2]["after"] == {"note": "Other words"}
    assert history[2]["command"] == "PATCH /api/posts/4"


def test_why_a_post_was_hidden_is_in_the_history_of_who_wrote_it(own):
    with database.connection_context():
        HiddenPost.create(post=4, reason="Not kind")
        HiddenPost.create(post=1, reason="Of somebody else")
    assert [(row["rows"], row["after"]["reason"]) for row in own()["history.json"]] == [("hidden_posts", "Not kind")]


def test_what_was_done_to_a_group_is_not_what_was_done_to_its_people(own):
    with database.connection_context():
        group = Group.create(name="Period 3")
        group.add(User.get_by_id(2))
        group.update(name="Period 4")
    found = own()
    assert [group["name"] for group in found["rows/groups.json"]] == ["Period 4"]
    assert [row["rows"] for row in found["history.json"]] == ["memberships"]


def test_it_has_their_pictures_also_those_that_only_the_history_knows(own, member, other):
    member.put("/api/users/2/image", png())
    member.put("/api/posts/4/image", png())
    other.put("/api/users/5/image", png())
    with database.connection_context():
        names = {User.get_by_id(2).image_name, Post.get_by_id(4).image_name}
        others = User.get_by_id(5).image_name
    member.delete("/api/posts/4", status=204)
    found = own()
    assert {f"uploads/{name}" for name in names} <= {name for name in found if name.startswith("uploads/")}
    assert f"uploads/{others}" not in found
    assert found[f"uploads/{found['rows/users.json'][0]['image_name']}"].startswith(b"\x89PNG")


def test_a_name_of_a_file_that_somebody_typed_into_the_table_leads_nowhere(own):
    with database.connection_context():
        Post.update(image_name="../sqlite.db").where(Post.id == 4).execute()
    assert not [name for name in own() if "sqlite" in name]


def test_a_token_of_a_script_may_not_have_it(member, visitor):
    with database.connection_context():
        _, token = Session.start(User.get_by_id(2), "script", "A script")
    visitor.get("/account/export", headers={"Authorization": f"Bearer {token}"}, status=403)


def test_the_page_of_the_account_leads_there(own, member):
    assert member.get("/account").html.select_one("a[download]")["href"] == "/account/export"
    assert b"Nikola Tesla (niko, user 2)" in own()["about.txt"]


def test_nobody_has_rows_in_the_tables_that_are_left_out(visitor):
    with database.connection_context():
        tables = {model._meta.table_name for model, _ in rows_of_person(User.get_by_id(2))}
    assert not tables & NOBODYS
