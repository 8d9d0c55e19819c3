"""A long table is searched by an index, which finds just what looking through its texts would find."""

import sqlite3
from contextlib import closing
from datetime import date
from threading import Event

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.folded import Folded
from models.joke import Joke
from models.post import Post
from models.shared import search as search_module
from models.shared import text_index, text_indexing
from models.shared.database import database
from models.shared.fold import fold
from models.shared.listing import page_of
from models.shared.schema import prepare
from models.shared.text_index import TextIndex, has_table
from models.user import User
from seed.reset import reset
from tests.models.shared.test_listing import in_order

pytestmark = pytest.mark.usefixtures("tables", "long")
LETTERS = "ab é李'\"*-_"
SEARCHES = ["a", "b", "é", "李", "'", '"', "*", "-", "ab", "ba", "a b", "李a", '""', "b'a", "abab", "aba ", "zzz", "u1"]
ADD = "insert into users (_name, _uid, _role) values ('Zoë', 'zoe', 'user')"


@pytest.fixture
def long(monkeypatch):
    """Each table is a long one, and what is looked for is found often."""
    for module in (search_module, text_indexing):
        monkeypatch.setattr(module, "SHORT_TABLE", 0)
    monkeypatch.setattr(text_indexing, "MOST_PENDING", 0)
    monkeypatch.setattr(search_module, "MANY_HITS", 2)
    monkeypatch.setattr(search_module, "TRIES", 1)


@pytest.fixture
def shell(tables):
    """The program `sqlite3`, which may know nothing of FTS5: what we keep with that, it may not touch."""

    def authorize(_action, table, *_more):
        return sqlite3.SQLITE_DENY if str(table).startswith("folded_") else sqlite3.SQLITE_OK

    with closing(sqlite3.connect(database.database, isolation_level=None)) as shell:
        shell.set_authorizer(authorize)
        yield shell


def found(search, model=User, **options):
    """The ids on all pages, which must agree on the total and lead back to where they began."""
    page = page_of(model.select(), search=search, limit=2, **options)
    pages = [page]
    while page.next:
        page = page_of(model.select(), search=search, limit=2, after=page.next, **options)
        pages.append(page)
    back = [page]
    while back[-1].previous:
        back.append(page_of(model.select(), search=search, limit=2, before=back[-1].previous, **options))
    ids = [[row.id for row in each.rows] for each in pages]
    assert [[row.id for row in each.rows] for each in reversed(back)] == ids
    flat = [row_id for each in ids for row_id in each]
    assert {each.total for each in pages} == {len(flat)}
    return flat


def wanted(search, sort="id", **filters):
    users = in_order_by_text(User.select().filter(**filters), sort)
    return [user.id for user in users if fold(search) in fold(user.name) or fold(search) in fold(user.uid)]


def in_order_by_text(users, sort):
    if sort.lstrip("-") not in ("name", "uid"):
        return in_order(users, sort)
    key = lambda user: (fold(getattr(user, sort.lstrip("-"))), user.id)  # noqa: E731
    return sorted(users, key=key, reverse=sort.startswith("-"))


names = st.text(LETTERS, min_size=1, max_size=8)
changes = st.lists(
    st.one_of(
        st.tuples(st.just("insert"), names),
        st.tuples(st.just("update"), names),
        st.tuples(st.just("delete"), st.none()),
        st.tuples(st.just("replace"), names),
        st.tuples(st.just("index"), st.none()),
    ),
    min_size=1,
    max_size=12,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    changes, st.sampled_from(SEARCHES), st.sampled_from(["id", "-id", "name", "-uid", "dob"]), st.sampled_from([0, 99])
)
def test_whatever_has_been_written_it_finds_just_the_rows_that_have_the_text(steps, search, sort, pending):
    with pytest.MonkeyPatch.context() as patch, closing(sqlite3.connect(database.database)) as program:
        patch.setattr(text_indexing, "MOST_PENDING", pending)
        program.execute("delete from users")
        program.commit()
        for number, (step, name) in enumerate(steps):
            values = {"insert": (name, f"u{number}"), "update": (name,), "replace": (name,)}.get(step, ())
            if step == "index":
                text_indexing.index_some(User)
                continue
            program.execute(
                {
                    "insert": "insert into users (_name, _uid, _role) values (?, ?, 'user')",
                    "update": "update users set _name = ? where id = (select min(id) from users)",
                    "delete": "delete from users where id = (select max(id) from users)",
                    # Another id takes over a uid: no trigger hears that the old row has gone.
                    "replace": "insert or replace into users (_name, _uid, _role) "
                    "select ?, _uid, 'user' from users where id = (select min(id) from users)",
                }[step],
                values,
            )
            program.commit()
        if fold(search).strip():
            assert found(search, sort=sort) == wanted(search.strip(), sort)
            assert found(search, sort=sort, role="user") == wanted(search.strip(), sort)
            assert found(search, sort=sort, role="admin") == []


def test_an_index_is_made_by_the_first_search_and_knows_all():
    User.create(name="Ada", uid="ada")
    assert TextIndex.of(User) is None
    assert found("ada") == [1]
    assert TextIndex.of(User).documents == 1


def test_what_is_pending_is_found_without_writing(monkeypatch, shell):
    first, gone = (User.create(name=name, uid=name.lower()) for name in ("Ada", "Ida"))
    assert found("da") == [1, 2]
    monkeypatch.setattr(text_indexing, "MOST_PENDING", 1000)
    index = TextIndex.of(User)
    shell.execute(ADD)
    first.update(name="Émile")
    gone.delete()
    assert (found("zo"), found("emile"), found("ida"), found("da")) == ([3], [1], [], [1])
    assert TextIndex.of(User) == index
    assert found("a", sort="name") == [1]


def test_the_index_comes_after_the_rows_whoever_wrote_them(shell):
    for name in ("Ada", "Ida", "Eda"):
        User.create(name=name, uid=name.lower())
    assert found("da") == [1, 2, 3]
    shell.execute("update users set _name = 'Zoë' where id = 1")
    shell.execute("delete from users where id = 2")
    assert (found("zo"), found("da"), found("ida")) == ([1], [1, 3], [])
    shell.execute("insert into users (id, _name, _uid, _role) values (2, 'New', 'new', 'user')")
    assert (found("new"), found("ida"), TextIndex.of(User).documents) == ([2], [], 3)
    shell.execute("delete from users where id = 3")
    User.create(name="Bo", uid="bo")
    assert (found("bo"), TextIndex.of(User).documents) == ([4], 3)


def test_what_is_pending_stands_where_it_belongs(monkeypatch):
    for number in range(10):
        User.create(name="Ada", uid=f"u{number}")
    assert len(found("ada")) == 10
    monkeypatch.setattr(text_indexing, "MOST_PENDING", 1000)
    for row_id in (1, 2):
        User.get_by_id(row_id).update(name="Zoë")
    for number in (11, 12):
        User.create(name="Ada", uid=f"u{number}")
    assert found("ada") == [*range(3, 13)]
    assert found("ada", sort="-id") == [*range(12, 2, -1)]


@pytest.mark.parametrize("further", [2, 8])
@pytest.mark.parametrize("sort", ["id", "-id", "name", "-name", "dob", "-dob"])
def test_a_page_is_found_wherever_its_rows_stand_in_the_order(sort, further, monkeypatch):
    monkeypatch.setattr(search_module, "FURTHER", further)
    for number in range(30):
        name = "Zoë" if number in (3, 4, 20, 27, 28, 29) else f"Ada {number}"
        User.create(name=name, uid=f"u{number}", dob=date(2000, 1, number + 1) if number % 3 else None)
    assert found("zoe", sort=sort) == wanted("zoe", sort)
    assert found("ada", sort=sort) == wanted("ada", sort)
    assert found("u", sort=sort) == wanted("u", sort)


@pytest.mark.parametrize(
    "text",
    ['"', '""', "'", "a OR b", "NOT a", "a*", "^a", "users:a", "(a", "a)", "-a", "a-b", "{a}", "a + b", "%", "_", "\\"],
)
def test_signs_of_the_index_are_signs_like_others(text):
    there = User.create(name=f"xx{text}yy", uid="one")
    User.create(name="a b users not or", uid="two")
    for search in (text, f"x{text}", f"{text}y"):
        assert found(search) == [there.id], search


def test_posts_and_models_of_your_own_are_searched_so_too():
    user = User.create(name="Ada", uid="ada")
    post = Post.create(user=user, note="Un café\n à Besançon")
    joke = Joke.create(joke="Der Bär ißt Möhren")
    for model, row, text in ((Post, post, "CAFE a besancon"), (Joke, joke, "bar isst")):
        assert found(text, model) == [row.id]
        assert TextIndex.of(model).documents == 1
        assert found("zz", model) == []
    assert [each.id for each in page_of(user.posts, search="cafe").rows] == [post.id]
    assert page_of(Post.with_user(), search="a").total == 1


def test_posts_whose_user_was_deleted_by_hand_are_not_counted(shell):
    for name in ("Ada", "Ida"):
        Post.create(user=User.create(name=name, uid=name.lower()), note="Hello")
    assert page_of(Post.with_user(), search="hello").total == 2
    shell.execute("delete from users where id = 1")
    assert page_of(Post.with_user(), search="hello").total == 1


def test_without_fts5_the_texts_are_looked_through(monkeypatch):
    monkeypatch.setattr(text_index, "OLDEST_SQLITE", (99,))
    User.create(name="Ada", uid="ada")
    assert (found("ad"), found("xx")) == ([1], [])
    assert not has_table(text_index.STATE)


def test_a_short_table_has_no_index(monkeypatch):
    monkeypatch.setattr(text_indexing, "SHORT_TABLE", 2)
    User.create(name="Ada", uid="ada")
    User.create(name="Ida", uid="ida")
    assert found("da") == [1, 2]
    assert TextIndex.of(User) is None


def test_while_another_program_writes_a_search_neither_waits_nor_misses_a_row(monkeypatch):
    for number in range(3):
        User.create(name="Ada", uid=f"u{number}")
    with closing(sqlite3.connect(database.database, isolation_level=None)) as program:
        program.execute("begin immediate")
        monkeypatch.setattr(database.obj, "busy_seconds", 60)
        assert found("ada") == [1, 2, 3]
        assert TextIndex.of(User) is None
        program.execute("rollback")
    assert found("ada") == [1, 2, 3]
    assert TextIndex.of(User).documents == 3


def test_while_another_thread_writes_a_search_does_not_wait_for_its_turn(monkeypatch, at_once):
    User.create(name="Ada", uid="ada")
    monkeypatch.setattr(database.obj.turn, "seconds", 60)
    writes, has_searched = Event(), Event()

    def write():
        with database.connection_context(), database.atomic():
            writes.set()
            assert has_searched.wait(30)

    def search():
        writes.wait()
        with database.connection_context():
            assert found("ada") == [1]
        has_searched.set()

    at_once(write, search)
    assert has_searched.is_set()
    assert TextIndex.of(User) is None


def test_a_long_table_is_indexed_in_parts_by_the_start_and_the_next_start_finds_it_done(monkeypatch, at_once):
    monkeypatch.setattr(text_indexing, "COPIES_AT_ONCE", 3)
    for number in range(5):
        User.create(name="Ada", uid=f"u{number}")
    text_indexing.index_some(User)
    assert 0 < TextIndex.of(User).documents < 5
    at_once(prepare, prepare)
    index = TextIndex.of(User)
    assert (index.documents, index.up_to) == (5, Folded.select().count())
    monkeypatch.setattr(text_indexing, "index_some", lambda _model: 1 / 0)
    at_once(prepare)
    assert TextIndex.of(User) == index


def test_a_reset_begins_without_an_index():
    for number in range(20):
        User.create(name="Ada", uid=f"u{number}")
    assert len(found("ada")) == 20
    reset("locked")
    assert TextIndex.of(User) is None
    assert found("hed") == [6, 7]
    assert found("ada") == []


def test_other_texts_to_search_make_another_index(monkeypatch):
    User.create(name="Ada", uid="lovelace")
    assert found("love") == [1]
    monkeypatch.setattr(User, "searched", ("name",))
    assert (found("love"), found("ada")) == ([], [1])


def test_a_search_for_nothing_that_can_be_seen_is_none():
    User.create(name="Ada", uid="ada")
    assert found("\u200b") == [1]
