"""A form that was made before somebody else changed its row writes over nothing: it asks what is to stay."""

import pytest
from webtest import Upload

from models.post import Post
from models.shared.database import database
from models.shared.row_version import Changed, digests_of
from models.user import User
from tests.drawn import png

# The form of a row by its path: its id, a field of it, and where programs have the row.
FORMS = {
    "/users/2/edit": ("edit-user", "name", "/api/users/2"),
    "/posts/5/edit": ("edit-post", "note", "/api/posts/5"),
    "/jokes/1/edit": ("edit", "joke", "/api/jokes/1"),
}


def form_of(browser, path):
    return browser.get(path).forms[FORMS[path][0]]


def patch(browser, path, **values):
    browser.patch_json(FORMS[path][2], values, status=200)


def value_of(browser, path):
    return browser.get(FORMS[path][2]).json[FORMS[path][1]]


def there_now(answer):
    """What the page says is there now, by the name of the field; the words of those that are ticked end with a sign."""
    found = {}
    for box in answer.html.select(".now"):
        choice = box.find("input")
        name = choice["name"].removeprefix("take-") if choice else "picture"
        found[name] = box.select_one(".value").text + (" ✓" if choice and choice.has_attr("checked") else "")
    return found


@pytest.mark.parametrize("path", FORMS)
def test_a_form_of_a_row_that_has_changed_shows_both_values_and_writes_nothing(admin, member, path):
    field = FORMS[path][1]
    form = form_of(admin, path)
    patch(admin, path, **{field: "Theirs"})
    form[field] = "Mine"
    answer = form.submit(status=412)
    assert there_now(answer) == {field: "Theirs"}
    assert answer.forms[FORMS[path][0]][field].value == "Mine"
    assert "It was changed while you were writing" in answer.html.select_one(".alert").text
    assert answer.html.select_one(f'.alert a[href="#{field}"]').text.endswith("has been changed meanwhile")
    assert value_of(admin, path) == "Theirs"


@pytest.mark.parametrize("path", FORMS)
def test_then_one_saves_what_one_wrote_or_takes_what_is_there(admin, path):
    formid, field, *_ = FORMS[path]
    for takes, kept in ((False, "Mine"), (True, "Theirs")):
        form = form_of(admin, path)
        patch(admin, path, **{field: "Theirs"})
        form[field] = "Mine"
        form = form.submit(status=412).forms[formid]
        form[f"take-{field}"].checked = takes
        form.submit(status=303)
        assert value_of(admin, path) == kept
        patch(admin, path, **{field: "As it was"})


def test_what_only_the_other_one_has_changed_is_taken_unless_one_says_otherwise(admin):
    form = form_of(admin, "/users/2/edit")
    patch(admin, "/users/2/edit", name="Nikola T.", dob="1856-07-11")
    form["uid"] = "nikola"
    form["dob"] = "1856-07-12"
    answer = form.submit(status=412)
    assert there_now(answer) == {"name": "Nikola T. ✓", "dob": "1856-07-11"}, "nobody else has changed the user id"
    answer.forms["edit-user"].submit(status=303)
    found = admin.get("/api/users/2").json
    assert [found["name"], found["uid"], found["dob"]] == ["Nikola T.", "nikola", "1856-07-12"]


def test_a_choice_is_shown_in_its_words(admin):
    form = form_of(admin, "/users/2/edit")
    patch(admin, "/users/2/edit", role="admin")
    assert there_now(form.submit(status=412)) == {"role": "Admin ✓"}


def test_what_the_form_does_not_have_may_change(admin, visitor):
    form = form_of(admin, "/jokes/1/edit")
    visitor.post_json("/api/jokes/1/haha", status=200)
    form["joke"] = "Mine"
    form.submit(status=303)
    assert visitor.get("/api/jokes/1").json["joke"] == "Mine"
    assert visitor.get("/api/jokes/1").json["haha"] == 1


def test_who_writes_the_same_as_the_other_one_is_asked_nothing(admin):
    form = form_of(admin, "/users/2/edit")
    patch(admin, "/users/2/edit", name="Nikola")
    form["name"] = "  Nikola "
    form.submit(status=303)


def test_what_changes_once_more_is_asked_once_more(admin):
    form = form_of(admin, "/users/2/edit")
    patch(admin, "/users/2/edit", name="Theirs")
    form["name"] = "Mine"
    form = form.submit(status=412).forms["edit-user"]
    patch(admin, "/users/2/edit", name="Theirs again")
    answer = form.submit(status=412)
    assert there_now(answer) == {"name": "Theirs again"}
    assert answer.forms["edit-user"]["name"].value == "Mine"


def test_a_form_that_was_refused_is_no_newer_than_it_was(admin):
    form = form_of(admin, "/users/2/edit")
    form["name"] = "Mine"
    form["dob"] = "2999-01-01"
    form = form.submit(status=422).forms["edit-user"]
    patch(admin, "/users/2/edit", name="Theirs")
    form["dob"] = "1856-07-10"
    assert there_now(form.submit(status=412)) == {"name": "Theirs"}


def test_a_value_that_is_taken_is_not_lost_when_another_one_is_refused(admin):
    form = form_of(admin, "/users/2/edit")
    patch(admin, "/users/2/edit", name="Theirs")
    form["name"], form["dob"] = "Mine", "2999-01-01"
    form = form.submit(status=412).forms["edit-user"]
    form["take-name"] = True
    form = form.submit(status=422).forms["edit-user"]
    assert form["name"].value == "Theirs"
    form["dob"] = "1856-07-10"
    form.submit(status=303)
    assert admin.get("/api/users/2").json["name"] == "Theirs"


def test_a_picture_is_asked_for_again(member):
    path = "/posts/5/edit"
    form = form_of(member, path)
    member.put("/api/posts/5/image", png(), content_type="image/png", status=200)
    form["image"] = Upload("mine.png", png(9, 9))
    answer = form.submit(status=412)
    assert there_now(answer) == {"picture": "The picture below"}
    assert "was not kept" not in answer, "the form says already why"
    assert answer.html.select_one(".post img, .picture img")
    form = answer.forms["edit-post"]
    form["image"] = Upload("mine.png", png(9, 9))
    form.submit(status=303)
    assert member.get("/api/posts/5").json["image"]["width"] == 9


def test_a_picture_that_is_gone_is_not_taken_away_again(member):
    member.put("/api/posts/5/image", png(), content_type="image/png", status=200)
    form = form_of(member, "/posts/5/edit")
    form["remove"] = True
    member.put("/api/posts/5/image", png(9, 9), content_type="image/png", status=200)
    assert there_now(form.submit(status=412)) == {"picture": "The picture below"}
    member.delete("/api/posts/5/image", status=204)
    assert there_now(form.submit(status=412)) == {"picture": "No picture"}


def test_a_new_picture_does_not_keep_anybody_from_a_note(member):
    form = form_of(member, "/posts/5/edit")
    member.put("/api/posts/5/image", png(), content_type="image/png", status=200)
    form["note"] = "Mine"
    form.submit(status=303)
    assert member.get("/api/posts/5").json["image"]


def test_a_password_that_was_typed_is_asked_for_again_and_told_to_nobody(admin):
    form = form_of(admin, "/users/2/edit")
    assert "password" not in form["seen-values"].value
    patch(admin, "/users/2/edit", name="Theirs")
    form["password"] = "correct horse"
    answer = form.submit(status=412)
    assert "correct horse" not in answer
    assert "was not kept: please type it again" in answer.html.select_one("#password-problem").text


def test_another_program_counts(admin):
    form = form_of(admin, "/posts/5/edit")
    with database.connection_context():
        Post.update(note="By hand").where(Post.id == 5).execute()
    form["note"] = "Mine"
    assert there_now(form.submit(status=412)) == {"note": "By hand"}


def test_what_somebody_typed_into_the_table_is_shown_as_it_is(admin):
    form = form_of(admin, "/users/2/edit")
    with database.connection_context():
        database.execute_sql("UPDATE users SET _dob = 'last spring' WHERE id = 2")
    assert there_now(form.submit(status=412)) == {"dob": "last spring ✓"}


def test_a_row_that_is_gone_is_not_there(admin):
    form = form_of(admin, "/jokes/1/edit")
    admin.delete("/api/jokes/1", status=204)
    form.submit(status=404)


@pytest.mark.parametrize(
    "seen",
    ["", "name", "name:", ":", "password:1 password_hash:2 nothing:3", "name:" + "a" * 9000, "\xff" * 99, "id:1"],
)
def test_whatever_a_form_says_that_it_was_made_from_nothing_breaks(admin, seen):
    form = form_of(admin, "/users/2/edit")
    form["seen-values"] = seen
    form["name"] = "Mine"
    answer = form.submit(expect_errors=True)
    assert answer.status_int in (303, 412)
    assert "pbkdf2" not in answer


def test_a_box_for_what_is_no_field_of_the_form_takes_nothing(admin):
    with database.connection_context():
        User.update(password_hash="pbkdf2:secret").where(User.id == 2).execute()
    form = form_of(admin, "/users/2/edit")
    sent = dict(form.submit_fields()) | {"take-password_hash": "yes", "password_hash": "x"}
    answer = admin.post("/users/2/edit", sent, status=422)
    assert "secret" not in answer
    sent = dict(form.submit_fields()) | {"take-image": "yes", "image": "x"}
    admin.post("/users/2/edit", sent, status=422)


def test_a_form_without_it_is_written_as_ever(admin):
    admin.post("/users/2/edit", {"name": "Mine", "uid": "niko", "role": "user"}, status=303)
    assert admin.get("/api/users/2").json["name"] == "Mine"


def test_what_changes_between_the_question_and_the_write_counts(member):
    with database.connection_context():
        first, second = (Post.get_by_id(5) for _ in range(2))
        second.seen_values = digests_of(second, ["note", "alt"])
        first.update(note="First of all")
        with pytest.raises(Changed):
            second.update(alt="Too late")
        second.seen_values = digests_of(second, ["alt"])
        second.update(alt="Another value")
    found = member.get("/api/posts/5").json
    assert [found["note"], found["alt"]] == ["First of all", "Another value"]
