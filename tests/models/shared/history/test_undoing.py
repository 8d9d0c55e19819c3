"""Undoing a change: all of it or nothing, and a refusal names the row, why, and what would help."""

import sqlite3
from contextlib import closing

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.change import Change
from models.changed_row import ChangedRow
from models.joke import Joke
from models.post import Post
from models.shared.database import database, is_sqlite
from models.shared.history.refusals import CannotUndo
from models.shared.history.undoing import plan_to_undo, undo_changes
from models.shared.history.writer import Writer, writing
from models.shared.row_checks import Invalid
from models.user import User

pytestmark = pytest.mark.usefixtures("tables")
TABLES = ("users", "posts", "jokes")


def by(write, person=None):
    """What is written by a request of its own, as a change."""
    with writing(Writer("POST /somewhere", lambda: person)) as writer:
        write()
    return Change.get_by_id(writer.change)


def take_back(change):
    """The change that undoing is."""
    return by(lambda: undo_changes([change]))


def rows():
    """All that the tables have, but for passwords."""
    found = {}
    for table in TABLES:
        cursor = database.execute_sql(f"SELECT * FROM {table} ORDER BY id")
        names = [each[0] for each in cursor.description]
        hidden = [names.index(each) for each in ("_password", "haha", "boohoo") if each in names]
        found[table] = [[None if i in hidden else each for i, each in enumerate(row)] for row in cursor.fetchall()]
    return found


def refused(*changes):
    with pytest.raises(CannotUndo) as told:
        by(lambda: undo_changes(changes))
    return told.value


@pytest.fixture
def ada():
    return User.create(name="Ada Lovelace", uid="ada", dob="1815-12-10", role="admin")


@pytest.fixture
def post(ada):
    return Post.create(user=ada, note="Hello")


def test_what_was_added_is_taken_away(ada):
    before = rows()
    change = by(lambda: Post.create(user=ada, note="Oops"))
    take_back(change)
    assert rows() == before


def test_what_was_changed_is_as_it_was(post):
    before = rows()
    take_back(by(lambda: Post.get_by_id(post.id).update(note="Oops", alt="Nothing")))
    assert rows() == before


def test_what_was_deleted_is_there_again_with_all_that_went_along(ada, post):
    grace = User.create(name="Grace", uid="grace")
    Post.create(user=grace, note="Mine")
    before = rows()
    change = by(lambda: User.get_by_id(grace.id).delete())
    assert len(rows()["posts"]) == 1
    take_back(change)
    assert rows() == before


def test_undoing_is_a_change_and_can_be_undone_and_so_on(post):
    before = rows()
    change = by(lambda: Post.get_by_id(post.id).delete())
    gone = rows()
    for _ in range(2):
        undone = take_back(change)
        assert rows() == before
        assert Change.get_by_id(change.id).undone_by == undone.id
        assert "is undone already" in str(refused(change))
        again = take_back(undone)
        assert rows() == gone
        assert Change.get_by_id(change.id).undone_by is None
        assert Change.get_by_id(undone.id).undone_by == again.id


def test_several_changes_are_undone_together_as_one(ada):
    before = rows()
    changes = [
        by(lambda: Post.create(user=ada, note="One")),
        by(lambda: Post.get(note="One").update(note="Two")),
        by(lambda: Post.get(note="Two").delete()),
        by(lambda: ada.update(name="Ada King")),
    ]
    this = by(lambda: undo_changes(changes[::-1]))
    assert rows() == before
    assert {change.undone_by for change in Change.select().where(Change.id.in_(changes))} == {this.id}
    take_back(this)
    assert User.get_by_id(ada.id).name == "Ada King"


def test_a_row_that_has_been_changed_since_is_named(post):
    change = by(lambda: Post.get_by_id(post.id).update(note="Mine"))
    other = by(lambda: Post.get_by_id(post.id).update(note="Theirs"))
    before = rows()
    error = refused(change)
    (refusal,) = error.refusals
    assert refusal.words == f"“Theirs” (posts 1) has been changed since: note. Undo change {other.id} first."
    assert (refusal.change, rows()) == (other.id, before)
    take_back(other)
    take_back(change)
    assert Post.get_by_id(post.id).note == "Hello"


def test_another_value_of_the_row_may_have_changed_since(post):
    change = by(lambda: Post.get_by_id(post.id).update(note="Mine"))
    by(lambda: Post.get_by_id(post.id).update(alt="Theirs"))
    take_back(change)
    found = Post.get_by_id(post.id)
    assert (found.note, found.alt) == ("Hello", "Theirs")


def test_a_row_that_is_gone_is_named(post):
    change = by(lambda: Post.get_by_id(post.id).update(note="Mine"))
    other = by(lambda: Post.get_by_id(post.id).delete())
    assert refused(change).refusals[0].words == f"“Hello” (posts 1) is gone. Undo change {other.id} first."


def test_what_was_added_and_changed_since_stays(ada):
    change = by(lambda: Post.create(user=ada, note="Mine"))
    other = by(lambda: Post.get(note="Mine").update(note="Theirs"))
    assert f"Undo change {other.id} first." in str(refused(change))


def test_a_uid_that_is_taken_meanwhile_is_named(ada):
    grace = User.create(name="Grace", uid="grace")
    change = by(lambda: User.get_by_id(grace.id).delete())
    other = User.create(name="Another", uid="grace")
    assert refused(change).refusals[0].words == (
        f"“Grace” (users 2) cannot have user id grace: it is already taken. Give users {other.id} another one first."
    )
    other.update(uid="another")
    take_back(change)
    assert User.get_by_id(grace.id).uid == "grace"


def test_a_uid_that_was_given_on_in_the_same_change_is_given_back(ada):
    grace = User.create(name="Grace", uid="grace")
    before = rows()

    def give_on():
        with database.atomic():
            grace.delete()
            ada.update(uid="grace")

    take_back(by(give_on))
    assert rows() == before


def test_a_parent_that_is_gone_is_named(post):
    grace = User.create(name="Grace", uid="grace")
    hers = Post.create(user=grace, note="Mine")
    change = by(lambda: Post.get_by_id(hers.id).delete())
    other = by(lambda: User.get_by_id(grace.id).delete())
    words = refused(change).refusals[0].words
    assert words == f"“Mine” (posts 2) refers to users 2, which is gone. Undo change {other.id} first."
    take_back(other)
    take_back(change)
    assert Post.get_by_id(hers.id).user == grace


def test_a_row_to_which_another_one_refers_now_stays(ada):
    change = by(lambda: User.create(name="Grace", uid="grace"))
    grace = User.get(uid="grace")
    post = Post.create(user=grace, note="Mine")
    words = refused(change).refusals[0].words
    assert words == f"“Grace” (users 2) would go, and posts {post.id} refers to it. Delete posts {post.id} first."
    post.delete()
    take_back(change)
    assert not User.select().where(User.uid == "grace").exists()


def test_the_last_admin_stays_one(ada):
    change = by(lambda: User.create(name="Grace", uid="grace", role="admin"))
    User.get_by_id(ada.id).update(role="user")
    assert "must stay admin, as nobody else is one" in str(refused(change))


def test_a_rule_that_would_be_broken_is_said(ada, monkeypatch):
    change = by(lambda: User.get_by_id(ada.id).update(name="Ada King"))

    def problems(self):
        if self.name == "Ada Lovelace" and self.uid == "king":
            yield "name", "does not go with that"

    monkeypatch.setattr(User, "problems", problems)
    User.get_by_id(ada.id).update(uid="king")
    assert "is refused: name does not go with that" in str(refused(change))


def test_a_person_comes_back_without_a_password():
    grace = User.create(name="Grace", uid="grace", password="correct horse")
    change = by(lambda: User.get_by_id(grace.id).delete())
    take_back(change)
    assert User.get_by_id(grace.id).password_hash is None


def test_a_password_is_not_brought_back(ada):
    change = by(lambda: User.get_by_id(ada.id).update(password="correct horse"))
    assert str(refused(change)) == "A password cannot be brought back."
    change = by(lambda: User.get_by_id(ada.id).update(password="battery staple", name="Ada King"))
    kept = User.get_by_id(ada.id).password_hash
    take_back(change)
    found = User.get_by_id(ada.id)
    assert (found.name, found.password_hash) == ("Ada Lovelace", kept)


def test_what_has_gone_since_need_not_be_taken_away(ada):
    change = by(lambda: [Post.create(user=ada, note=note) for note in ("One", "Two")])
    by(lambda: Post.get(note="One").delete())
    take_back(change)
    assert rows()["posts"] == []


def test_the_laughs_at_a_joke_are_in_nobodys_way():
    change = by(lambda: Joke.create(joke="Ha"))
    Joke.get(joke="Ha").laugh()
    take_back(change)
    assert rows()["jokes"] == []


def test_what_the_shell_wrote_is_undone_too(ada, tmp_path):
    with closing(sqlite3.connect(tmp_path / "sqlite.db")) as shell, shell:
        shell.execute("UPDATE users SET _name = x'00ff', _dob = 12.5 WHERE id = 1")
    change = Change.select().order_by(Change.id.desc()).first()
    again = take_back(change)
    found = User.get_by_id(ada.id)
    assert (found.name, str(found.dob)) == ("Ada Lovelace", "1815-12-10")
    take_back(again)
    assert database.execute_sql("SELECT _name, _dob FROM users").fetchone() == (b"\x00\xff", 12.5)


def test_the_sample_rows_are_not_undone():
    change = Change.create(label="seeded")
    assert "there is nothing before them" in str(refused(change))


def test_a_plan_writes_nothing(post):
    change = by(lambda: Post.get_by_id(post.id).delete())
    before, count = rows(), ChangedRow.select().count()
    plan = plan_to_undo([change])
    assert [step.done for step in plan.steps] == ["create"]
    assert (rows(), ChangedRow.select().count()) == (before, count)


# What somebody may do, with numbers that say to which row and with which value.
DEEDS = {
    "add a user": lambda n, m: User.create(name=f"Name {m}", uid=f"uid{m}", role="admin" if m % 3 == 0 else "user"),
    "change a user": lambda n, m: nth(User, n).update(name=f"Name {m}", dob=f"19{m % 90 + 10}-01-01"),
    "give a uid": lambda n, m: nth(User, n).update(uid=f"uid{m}"),
    "give a role": lambda n, m: nth(User, n).update(role="admin" if m % 2 else "user"),
    "delete a user": lambda n, m: nth(User, n).delete(),
    "write": lambda n, m: Post.create(user=nth(User, n), note=f"Note {m}"),
    "write again": lambda n, m: nth(Post, n).update(note=f"Note {m}", user=nth(User, m)),
    "delete a post": lambda n, m: nth(Post, n).delete(),
    "delete all posts": lambda n, m: Post.delete().execute(),
    "shout": lambda n, m: Post.update(note=f"NOTE {m}").execute(),
    "joke": lambda n, m: Joke.create(joke=f"Joke {m}"),
    "replace a joke": lambda n, m: Joke.replace(id=m + 1, joke=f"Joke {n}").execute() if is_sqlite() else None,
    "delete a joke": lambda n, m: nth(Joke, n).delete(),
}
MANY = st.lists(st.tuples(st.sampled_from(sorted(DEEDS)), st.integers(0, 5), st.integers(0, 5)), max_size=14)


def nth(model, number):
    """One of its rows; Invalid when there are none."""
    found = list(model.select().order_by(model.id))
    if not found:
        raise Invalid({})
    return found[number % len(found)]


def done(deed, *numbers):
    """The change that it was; nothing when it was refused, or changed nothing."""
    with writing(Writer("a deed")) as writer:
        try:
            DEEDS[deed](*numbers)
        except Invalid:
            return None
    return writer.change


def test_any_changes_undone_backwards_give_the_first_state(ada, request):
    Post.create(user=ada, note="Hello")
    Joke.create(joke="Joke 0")

    @settings(
        max_examples=request.config.getoption("--examples"),
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(MANY, st.booleans())
    def check(deeds, together):
        first = rows()
        numbers = [number for number in (done(*each) for each in deeds) if number]
        changes = [Change.get_by_id(number) for number in reversed(numbers)]
        for group in [changes] if together and changes else [[each] for each in changes]:
            by(lambda group=group: undo_changes(group))
        assert rows() == first

    check()
