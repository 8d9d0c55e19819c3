"""Between periods: the rows of a group go, and its people stay."""

import pytest

from classroom.resetting.reset_group import reset_group
from models.change import Change
from models.hidden_post import HiddenPost
from models.joke import Joke
from models.post import Post
from models.session import Session
from models.shared.backup.archive import Archive
from models.shared.backup.kept import backup_folder, kept_backups
from models.shared.database import database
from models.shared.storage import storage
from tests.classroom.conftest import PUPIL, TEACHER, user
from tests.drawn import png
from tests.typed import typed


@pytest.fixture
def open_rows(visitor):
    with database.connection_context():
        yield


def posts_of(id):
    with database.connection_context():
        return [post.note for post in Post.select().where(Post.user == id).order_by(Post.id)]


def press(browser, group, status=303, **boxes):
    form = browser.get(f"/groups/{group.id}/reset").forms["reset"]
    for name in boxes:
        form[name] = True
    return form.submit(status=status)


def test_the_page_says_what_goes_and_then_it_is_gone(teacher, pupil, p3):
    pupil.put("/api/users/2/image", png())
    before = {each: posts_of(each) for each in range(1, 11)}
    page = teacher.get(f"/groups/{p3.id}").click("Between periods")
    assert "Nikola Tesla" in page
    assert [each.text for each in page.html.select("main ul li")] == [f"{len(before[PUPIL])} posts"]
    answer = press(teacher, p3).follow()
    assert "The rows of P3 were deleted." in answer
    assert {each: posts_of(each) for each in before} == before | {PUPIL: []}
    with database.connection_context():
        assert user(PUPIL).image_name
        assert Session.select().where(Session.user == PUPIL).exists()
        assert list(p3.people()) == [user(PUPIL)]
    assert pupil.get("/account")


def test_a_backup_is_made_before(teacher, p3):
    count = len(posts_of(PUPIL))
    press(teacher, p3)
    ((path, _),) = kept_backups(backup_folder()).items()
    with Archive(path) as archive, database.connection_context():
        assert archive.manifest.tables["posts"] == Post.select().count() + count


def test_all_of_it_is_one_change_and_can_be_undone(teacher, p3):
    before = posts_of(PUPIL)
    page = press(teacher, p3).follow()
    with database.connection_context():
        change = Change.select().order_by(Change.id.desc()).first()
        assert (change.person, change.command) == (TEACHER, f"POST /groups/{p3.id}/reset")
        assert change.rows.count() == len(before)
    page.forms[f"undo-{change.id}"].submit()
    assert posts_of(PUPIL) == before


def test_without_a_history_their_pictures_go_and_no_others(teacher, pupil, p3, monkeypatch):
    monkeypatch.setattr(Post, "history", False)
    pupil.put("/api/posts/4/image", png())
    with database.connection_context():
        name = Post.get_by_id(4).image_name
        others = {post.image_name for post in Post.select().where(Post.user != PUPIL, Post.image_name.is_null(False))}
    assert {name, *others} <= {*storage.names()}
    press(teacher, p3)
    assert others
    assert {name, *others} & {*storage.names()} == others


def test_teachers_admins_and_what_is_for_another_group_are_left(open_rows, p3, p4):
    p3.add(user(1))
    p4.add(user(5), "teacher")
    p3.add(user(5))
    own = Post.create(user=PUPIL, note="For P3", group=p3)
    kept = Post.create(user=PUPIL, note="For P4", group=p4)
    HiddenPost.create(post=own, reason="Not kind")
    plan = reset_group(p3)
    assert plan.members == [user(PUPIL)]
    assert list(Post.select().where(Post.user == PUPIL)) == [kept]
    assert all(Post.select().where(Post.user == each).exists() for each in (1, 3, 5))
    assert Joke.select().exists()


def test_where_nothing_can_go_no_backup_is_made(other_teacher, p4):
    answer = other_teacher.post(f"/groups/{p4.id}/reset", {"samples": ""}, status=422)
    assert "Rows are none there to take away." in answer
    assert not kept_backups(backup_folder())


def test_without_a_backup_it_is_asked_once_more(teacher, p3):
    before = posts_of(PUPIL)
    backup_folder().write_text("No folder")
    page = press(teacher, p3, status=422)
    assert "A backup could not be made; the log of the server says why." in page
    assert str(backup_folder()) not in page
    assert posts_of(PUPIL) == before
    page.forms["reset"]["without_backup"] = True
    page.forms["reset"].submit(status=303)
    assert posts_of(PUPIL) == []


def test_sample_rows_are_laid_again_for_those_who_are_in_it(teacher, p3):
    before = {each: posts_of(each) for each in range(1, 11)}
    with database.connection_context():
        jokes = Joke.select().count()
        Joke.delete().execute()
    press(teacher, p3, samples=True)
    assert {each: posts_of(each) for each in before} == before
    with database.connection_context():
        assert Joke.select().count() == jokes


def test_when_sample_rows_cannot_be_laid_all_is_as_it_was(teacher, p3, monkeypatch):
    before, files = posts_of(PUPIL), set(storage.names())
    with database.connection_context():
        Joke.delete().execute()
    monkeypatch.setattr("models.joke.init_jokes", lambda: 1 / 0)
    form = teacher.get(f"/groups/{p3.id}/reset").forms["reset"]
    form["samples"] = True
    assert "Sample rows of jokes cannot be laid: ZeroDivisionError in init_jokes()." in form.submit(status=422)
    assert posts_of(PUPIL) == before
    assert set(storage.names()) == files


@pytest.mark.parametrize(
    ("person", "read", "sent"),
    [
        ("visitor", 303, 303),
        ("pupil", 403, 403),
        ("other_teacher", 404, 404),
        ("teacher", 200, 303),
        ("admin", 200, 303),
    ],
)
def test_only_its_teachers_and_admins_may(request, p3, person, read, sent):
    browser, before = request.getfixturevalue(person), posts_of(PUPIL)
    browser.get(f"/groups/{p3.id}/reset", status=read)
    browser.post(f"/groups/{p3.id}/reset", {"samples": ""}, status=sent)
    assert (posts_of(PUPIL) == before) == (person not in ("teacher", "admin"))


# The command


@pytest.fixture
def typed_reset(p3, settings, capsys, monkeypatch):
    """Call it with options, and with what is answered when it asks; it gives what `typed` gives."""
    monkeypatch.setenv("VOLUMES", str(settings.volumes))
    monkeypatch.setenv("SAMPLE_DATA", "locked")

    def run(*options, answers=(), group="P3"):
        database.close_all()
        replies = iter(answers)
        monkeypatch.setattr("builtins.input", lambda question: print(question) or next(replies))
        return typed(capsys, "reset-class", "--group", group, *options)

    return run


def notes_left():
    with database.connection_context():
        return posts_of(PUPIL)


def test_the_command_says_what_goes_and_asks(typed_reset):
    no = typed_reset(answers=["n"])
    assert "Of 1 person: 2 posts." in no.out
    assert "Take all this away?" in no.out
    assert no.code == "Nothing was changed."
    assert notes_left()
    yes = typed_reset(answers=["y"])
    assert "Taken away: 2 posts." in yes.out
    assert not notes_left()
    assert len(kept_backups(backup_folder())) == 1


def test_the_command_need_not_ask_and_lays_sample_rows_again(typed_reset):
    before = notes_left()
    said = typed_reset("--yes", "--samples")
    assert said.out.endswith("Taken away: 2 posts.\nSample rows are there again.\n")
    assert notes_left() == before
    assert typed_reset("--yes").code == 0
    assert typed_reset("--yes").out.startswith("Of 1 person: there are no rows.")


def test_the_command_asks_when_no_backup_can_be_made_also_with_yes(typed_reset):
    backup_folder().write_text("No folder")
    no = typed_reset("--yes", answers=["n"])
    assert "No backup can be made" in no.out
    assert no.code == "Nothing was changed."
    assert notes_left()
    assert typed_reset("--yes", answers=["y"]).code == 0
    assert not notes_left()


def test_a_group_that_is_not_there_is_told(typed_reset):
    said = typed_reset(group="P9")
    assert said.code == 2
    assert "There is no group P9. There are: P3." in said.err
