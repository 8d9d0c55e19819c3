"""Nobody changes a row that they do not know: what they have seen of it goes along, as If-Match."""

from functools import partial

import pytest

from models.post import Post
from models.shared.database import database
from models.shared.row_version import Changed, version_of
from models.user import User
from tests.drawn import png


def tag_of(browser, path):
    return browser.get(path).headers["ETag"]


def seen(tag):
    return {"If-Match": tag}


@pytest.fixture
def post(member):
    return "/api/posts/" + str(member.post_json("/api/posts", {"note": "First"}, status=201).json["id"])


def test_a_row_that_is_as_it_was_seen_is_changed(member, post):
    tag = tag_of(member, post)
    assert member.patch_json(post, {"note": "Second"}, headers=seen(tag), status=200).json["note"] == "Second"
    tag = tag_of(member, post)
    member.delete(post, headers=seen(tag), status=204)


def test_a_row_that_was_changed_meanwhile_stays_as_it_is(member, admin, post):
    tag = tag_of(member, post)
    admin.patch_json(post, {"note": "By the admin"}, status=200)
    for change in (
        partial(member.patch_json, post, {"note": "Mine"}),
        partial(member.patch_json, post, {}),
        partial(member.put, f"{post}/image", png(), content_type="image/png"),
        partial(member.delete, post),
    ):
        refused = change(headers=seen(tag), status=412)
        assert refused.json["detail"] == "It has been changed meanwhile. Please read it again before you change it."
        assert member.get(post).json["note"] == "By the admin"
        assert member.get(post).json["image"] is None
    member.patch_json(post, {"note": "Mine"}, headers=seen(tag_of(member, post)), status=200)


def test_who_comes_too_late_is_told_what_has_changed(member, admin, post):
    tag = tag_of(member, post)
    admin.patch_json(post, {"note": "By the admin"}, status=200)
    assert member.patch_json(post, {"alt": "Mine"}, headers=seen(tag), status=412).json["changed"] == {
        "note": "By the admin"
    }
    admin.put(f"{post}/image", png(), content_type="image/png", status=200)
    changed = member.delete(post, headers=seen(f'"other", {tag}'), status=412).json["changed"]
    assert (changed["note"], changed["image"]["width"]) == ("By the admin", 60)


def test_a_tag_of_another_kind_tells_nothing_of_it(member, post):
    for tag in ('"other"', '"' + "0" * 11 + '"', '"' + "0" * 37 + '"'):
        assert "changed" not in member.patch_json(post, {"note": "Mine"}, headers=seen(tag), status=412).json


@pytest.mark.parametrize("path", ["/api/users/2", "/api/posts/4", "/api/jokes/1"])
def test_it_is_so_for_each_kind_of_row(admin, path):
    tag = tag_of(admin, path)
    change = {"/api/users/2": {"name": "Tom"}, "/api/posts/4": {"note": "New"}, "/api/jokes/1": {"joke": "New"}}[path]
    admin.patch_json(path, change, headers=seen(tag), status=200)
    admin.patch_json(path, change, headers=seen(tag), status=412)
    admin.delete(path, headers=seen(tag), status=412)
    admin.delete(path, headers=seen(tag_of(admin, path)), status=204)


def test_what_others_add_to_a_row_is_no_change_of_it(visitor, member):
    tag = tag_of(visitor, "/api/users/2")
    member.post_json("/api/posts", {"note": "One more"}, status=201)
    newer = tag_of(visitor, "/api/users/2")
    assert newer != tag, "it shows the newest posts"
    assert newer.partition("-")[0] == tag.partition("-")[0]
    member.patch_json("/api/users/2", {"name": "Nikola"}, headers=seen(tag), status=200)
    assert tag_of(visitor, "/api/users/2").partition("-")[0] != tag.partition("-")[0]


def test_a_write_of_another_program_counts(member, post):
    tag = tag_of(member, post)
    with database.connection_context():
        Post.update(note="By hand").where(Post.id == post.rpartition("/")[2]).execute()
    member.patch_json(post, {"note": "Mine"}, headers=seen(tag), status=412)


def test_the_tag_of_the_packed_answer_is_as_good(visitor, admin):
    long = {"note": "Many words. " * 200}
    admin.patch_json("/api/posts/1", long, status=200)
    packed = visitor.get("/api/posts/1", headers={"Accept-Encoding": "gzip"}).headers["ETag"]
    assert packed.endswith('-gzip"')
    admin.patch_json("/api/posts/1", {"note": "Few"}, headers=seen(packed), status=200)


@pytest.mark.parametrize("sent", ["*", " * ", '"other", {tag}', '{tag}, W/"x"', ' "a" , {tag}'])
def test_any_version_or_one_of_several_may_be_meant(member, post, sent):
    tag = tag_of(member, post)
    member.patch_json(post, {"note": "Second"}, headers=seen(sent.format(tag=tag)), status=200)


@pytest.mark.parametrize("sent", ["", '"other"', "W/{tag}", "rubbish", '"', '"-"', '"' * 100_000, "\xff", "**"])
def test_what_names_no_version_of_the_row_changes_nothing(member, post, sent):
    tag = tag_of(member, post)
    member.patch_json(post, {"note": "Second"}, headers=seen(sent.format(tag=tag)), status=412)
    assert member.get(post).json["note"] == "First"


def test_of_several_at_once_all_but_one_are_told_that_they_came_too_late(member, log_in, post, at_once):
    tag, answers = tag_of(member, post), []

    def change(browser, word):
        answers.append(browser.patch_json(post, {"note": word}, headers=seen(tag), expect_errors=True))

    at_once(*(partial(change, log_in("niko"), f"Word {number}") for number in range(6)))
    assert sorted(answer.status_int for answer in answers) == [200, 412, 412, 412, 412, 412]
    (done,) = (answer.json["note"] for answer in answers if answer.status_int == 200)
    assert member.get(post).json["note"] == done


def test_what_changes_between_the_question_and_the_write_counts(member, post):
    with database.connection_context():
        first, second, third = (Post.get_by_id(post.rpartition("/")[2]) for _ in range(3))
        for row in (first, second, third):
            row.seen_versions = {version_of(row)}
        first.update(note="First of all")
        with pytest.raises(Changed) as told:
            second.update(note="Too late")
        assert told.value.values == {"note": "First of all"}
        with pytest.raises(Changed):
            third.delete()
        assert second.note == "First"
    assert member.get(post).json["note"] == "First of all"


def test_the_version_tells_nothing_of_what_nobody_may_see(visitor):
    tag = tag_of(visitor, "/api/users/2").partition("-")[0]
    with database.connection_context():
        User.update(password_hash="anything").where(User.id == 2).execute()
    assert tag_of(visitor, "/api/users/2").partition("-")[0] == tag


def test_who_may_not_change_a_row_is_told_that_first(visitor, other, post):
    other.patch_json(post, {"note": "x"}, headers=seen('"x"'), status=403)
    visitor.patch_json(post, {"note": "x"}, headers=seen('"x"'), status=401)
