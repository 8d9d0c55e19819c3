"""Texts are found and ordered as a reader looks for them, whoever wrote them, and with which program."""

import sqlite3
from contextlib import closing
from threading import Timer

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.folded import Folded
from models.joke import Joke
from models.post import Post
from models.shared.database import database
from models.shared.fold import fold
from models.shared.folding import LONGEST_START
from models.shared.folding_triggers import drop_triggers, triggers
from models.shared.listing import page_of
from models.shared.schema import prepare
from models.user import User

pytestmark = pytest.mark.usefixtures("tables")


def found(search, model=User):
    return [row.id for row in page_of(model.select(), search=search).rows]


def names(sort="name"):
    return [user.name for user in page_of(User.select(), sort=sort).rows]


@pytest.fixture
def type_in():
    """Call it with a line of SQL for the program `sqlite3`, which knows nothing of ours."""

    def run(*lines):
        with closing(sqlite3.connect(database.database)) as program:
            for line in lines:
                program.execute(line)
            program.commit()

    return run


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Nguyễn Đỗ", "nguyen do"),
        ("JOSÉ", "jose"),
        ("O’Neil", "o'neil"),
        ("Łukasz Żółć", "lukasz zolc"),
        ("Straße", "strasse"),
        ("STRASSE", "strasse"),
        ("Ærø", "aero"),
        ("Œuvre", "oeuvre"),
        ("İstanbul", "istanbul"),
        ("ısı", "isi"),
        ("Þór Ðað", "thor dad"),
        ("Ёлка", "елка"),
        ("Ὀδυσσεύς", "οδυσσευσ"),
        ("אָב", "אב"),
        ("مُحَمَّد", "محمد"),
        ("が", "が"),
        ("한글", "한글"),
        ("हिन्दी", "हिन्दी"),
        ("ＡＢＣ", "abc"),
        ("one\u00a0\u3000two\r\nthree", "one two three"),
        ("zero\u200bwidth\ufeff", "zerowidth"),
        ("well—known “word”", 'well-known "word"'),
    ],
)
def test_a_text_is_folded_by_the_rule(text, folded):
    assert fold(text) == folded


@given(st.text(max_size=20))
def test_a_text_that_has_been_folded_stays_so(text):
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("name", "searches"),
    [
        ("Nguyễn Văn Đỗ", ["nguyen", "NGUYỄN", "van do", "Nguyê"]),
        ("José", ["jose", "JOSE", "osé"]),
        ("émile", ["emile", "Émile"]),
        ("Ronan O’Neil", ["O'Neil", "o’neil", "oʼneil"]),
        ("Ronan O'Neil", ["O'Neil", "O’Neil"]),
        ("Łukasz", ["lukasz", "łuk"]),
        ("Søren Straße", ["soren strasse", "SØREN", "stras"]),
        ("Иван Ёлкин", ["иван", "ИВАН ЕЛКИН"]),
        ("李四", ["李", "四"]),
    ],
)
def test_a_search_finds_a_name_in_every_alphabet(name, searches):
    user = User.create(name=name, uid="one")
    User.create(name="Somebody Else", uid="two")
    for search in searches:
        assert found(search) == [user.id], search


def test_a_search_looks_into_every_text_of_posts_and_jokes():
    user = User.create(name="Ada", uid="ada")
    post = Post.create(user=user, note="Un café\n à Besançon")
    assert found("CAFE a besancon", Post) == [post.id]
    joke = Joke.create(joke="Der Bär ißt Möhren")
    assert found("bar isst mohren", Joke) == [joke.id]
    post.update(note="Thé")
    assert (found("cafe", Post), found("the", Post)) == ([], [post.id])
    post.delete()
    assert found("the", Post) == []


def test_names_stand_where_a_reader_looks_for_them():
    wanted = ["Ada", "de la Cruz", "Đỗ", "émile", "Łukasz", "Nguyễn", "O’Neil", "Ole", "van Gogh", "Vera", "Zoë", "李"]
    for number, name in enumerate(reversed(wanted)):
        User.create(name=name, uid=f"u{number}")
    assert names() == wanted
    assert names("-name") == wanted[::-1]


def test_a_row_that_is_typed_by_hand_is_found_and_ordered_at_once(type_in):
    User.create(name="Ada", uid="ada")
    User.create(name="Zoë", uid="zoe")
    type_in("insert into users (_name, _uid, _role) values ('émile', 'e', 'user')")
    assert found("Emile") == [3]
    assert names() == ["Ada", "émile", "Zoë"]
    type_in("update users set _name = 'Čapek' where id = 3", "update users set id = 9 where id = 1")
    assert (found("emile"), found("capek"), found("ada")) == ([], [3], [9])
    assert names() == ["Ada", "Čapek", "Zoë"]
    type_in(
        "delete from users where id = 3",
        "insert or replace into users (id, _name, _uid, _role) values (2, 'Łukasz', 'l', 'user')",
    )
    assert (found("capek"), found("zoe"), found("lukasz")) == ([], [], [2])
    assert names() == ["Ada", "Łukasz"]
    assert Folded.select().where(Folded.place.startswith("users")).count() == 4


def test_what_a_model_does_to_many_rows_is_found_too():
    User.insert_many([{"name": "José", "uid": f"u{i}", "role": "user"} for i in range(1200)]).execute()
    assert page_of(User.select(), search="jose").total == 1200
    User.update(name="Émile").where(User.id > 1000).execute()
    assert page_of(User.select(), search="emile").total == 200
    User.delete().where(User.id > 3).execute()
    assert names() == ["José"] * 3


def test_while_another_program_writes_a_list_does_not_wait_for_long_and_misses_no_row(type_in, monkeypatch):
    monkeypatch.setattr(database.obj, "busy_seconds", 60)
    User.create(name="Zoë", uid="zoe")
    with closing(sqlite3.connect(database.database, isolation_level=None)) as program:
        program.execute("insert into users (_name, _uid, _role) values ('Ada', 'ada', 'user')")
        program.execute("begin immediate")
        assert names() == ["Zoë", "Ada"]
        program.execute("rollback")
    assert names() == ["Ada", "Zoë"]


def test_texts_that_begin_alike_for_long_are_ordered_by_their_ids():
    for number, end in enumerate("cab"):
        User.create(name="x" * LONGEST_START + end, uid=f"u{number}")
    ids, after = [], ""
    while after is not None:
        page = page_of(User.select(), sort="name", limit=1, after=after)
        ids, after = ids + [user.id for user in page.rows], page.next
    assert ids == [1, 2, 3]


def test_a_database_from_before_gets_its_texts_folded(type_in, at_once):
    User.create(name="José", uid="jose")
    drop_triggers()
    database.execute_sql("drop table folded")
    database.execute_sql("delete from schema_migration where name = '0006_folded_texts'")
    at_once(prepare)
    assert found("jose") == [1]
    type_in("update users set _name = 'Émile'")
    assert found("emile") == [1]


def test_triggers_that_somebody_has_dropped_are_made_again_at_the_start(type_in, at_once):
    there = triggers()
    type_in(f'drop trigger "{there[0][1]}"', "insert into users (_name, _uid, _role) values ('José', 'jose', 'user')")
    at_once(prepare)
    at_once(prepare)
    assert sorted(triggers()) == sorted(there)
    assert found("jose") == [1]


def test_a_list_waits_for_somebody_who_writes_for_a_moment(type_in):
    User.create(name="Zoe", uid="zoe", password="12345678")
    type_in("update users set _name = 'ada' where id = 1")
    User.create(name="Bob", uid="bob", password="12345678")
    with closing(sqlite3.connect(database.database, check_same_thread=False)) as program:
        program.execute("begin immediate")
        end = Timer(0.05, program.commit)
        end.start()
        assert names() == ["ada", "Bob"]
        end.join()
