"""What a twin says in Python and in SQL: with the model's own names, fields and values."""

import pytest

from lab.sql.plain_names import name_in_sql
from lab.twins.texts import models_with_twins, twins_of
from lab.twins.values import in_python, new_values, sample_of
from models.joke import Joke
from models.post import Post
from models.session import Session
from models.shared.database import database
from models.user import User


@pytest.fixture
def texts(here):
    """Call it with a model for the Python and the SQL of its twins, by their names."""

    def of(model):
        with database.connection_context():
            return {each.name: (each.python, each.sql.replace("\n", " ")) for each in twins_of(model)}

    return of


def test_the_lessons_verbs_of_a_user(texts):
    found = texts(User)
    assert found["create"] == (
        'User.create(name="Ada Lovelace", uid="ada", dob="1815-12-10")',
        "INSERT INTO users (_name, _uid, _dob, _role) VALUES ('Ada Lovelace', 'ada', '1815-12-10', 'user')",
    )
    assert found["read"] == ("user = User.get_by_id(1)\nuser.read()", "SELECT * FROM users WHERE id = 1")
    assert found["update"] == (
        'user = User.get_by_id(10)\nuser.update(name="Fred Flintstone II")',
        "UPDATE users SET _name = 'Fred Flintstone II' WHERE id = 10",
    )
    assert found["delete"] == ("user = User.get_by_id(10)\nuser.delete()", "DELETE FROM users WHERE id = 10")


def test_the_queries_of_a_user(texts):
    found = texts(User)
    assert found["filter"] == ('User.select().where(User.uid == "lex")', "SELECT * FROM users WHERE _uid = 'lex'")
    assert found["contains"][1] == "SELECT * FROM users WHERE _name LIKE '%Alexander%'"
    assert found["from"][0] == 'User.select().where(User.dob >= "1847-03-03")'
    assert found["null"] == ("User.select().where(User.dob.is_null())", "SELECT * FROM users WHERE _dob IS NULL")
    assert found["sort"] == (
        "User.select().order_by(User.dob.desc(), User.id).limit(5)",
        "SELECT * FROM users ORDER BY _dob DESC, id LIMIT 5",
    )
    assert found["group"][1] == "SELECT _role, COUNT(*) AS how_many FROM users GROUP BY _role ORDER BY _role"


def test_a_loop_and_its_cure_are_up_to_what_a_row_refers_to_or_down_to_what_refers_to_it(texts):
    up, down = texts(Post), texts(User)
    assert up["n-plus-1"][0].endswith(":\n    print(post.note, post.user.name)")
    assert up["cure"][0].startswith("for post in Post.select(Post, User).join(User)")
    assert up["n-plus-1"][1] == up["cure"][1] == up["join"][1]
    assert down["n-plus-1"][0].endswith(":\n    print(user.name, user.posts.count())")
    assert "LEFT JOIN posts ON posts.userID = users.id GROUP BY users.id" in down["cure"][1]


def test_a_table_that_stands_alone_has_no_join(texts):
    assert {"create", "delete", "group"} <= texts(Joke).keys()
    assert texts(Joke).keys().isdisjoint({"join", "n-plus-1", "cure"})


def test_only_models_that_have_lists_have_twins(here):
    assert {"users", "posts", "jokes"} <= models_with_twins().keys()
    assert Session._meta.table_name not in models_with_twins()


def test_a_value_that_must_be_unique_is_one_that_nobody_has(here):
    with database.connection_context():
        User.create(name="Ada", uid="ada")
        User.create(name="Ada", uid="ada2")
        assert new_values(User)["uid"] == "ada22"
        assert not Joke.select().where(Joke.joke == new_values(Joke)["joke"]).exists()


def test_without_rows_a_new_one_can_be_made_where_it_refers_to_nothing(texts):
    with database.connection_context():
        Post.delete().execute()
        User.delete().execute()
        Joke.delete().execute()
    assert "create" not in texts(Post)
    assert {"create", "all", "filter"} <= texts(User).keys()
    assert texts(Joke).keys().isdisjoint({"read", "update", "delete"})
    assert texts(Joke)["create"][0] == 'Joke.create(joke="Text")'


def test_a_row_that_cannot_be_deleted_because_of_others_is_not_chosen(texts):
    assert texts(Post)["delete"][1] == "DELETE FROM posts WHERE id = 19"


def test_what_looks_like_a_secret_is_no_sample(here):
    with database.connection_context():
        User.update(name="0f" * 32).execute()
        assert sample_of(User.name) == "Ada Lovelace"
        User.update(name="long " * 50).execute()
        assert sample_of(User.name) == "Ada Lovelace"


@pytest.mark.parametrize(
    ("name", "written"),
    [("users", "users"), ("_name", "_name"), ("order", '"order"'), ("delete", '"delete"'), ('a"b', '"a""b"')],
)
def test_a_name_is_in_quotes_only_where_it_must_be(here, name, written):
    assert name_in_sql(name) == written


@pytest.mark.parametrize(
    ("value", "written"), [(None, "None"), (True, "True"), (-1.5, "-1.5"), ('a "b"\n', '"a \\"b\\"\\n"'), ("é", '"é"')]
)
def test_a_value_is_written_as_python_has_it(value, written):
    assert in_python(value) == written


def test_a_column_that_the_class_does_not_know_is_not_asked_for(texts):
    with database.connection_context():
        database.execute_sql("ALTER TABLE jokes ADD COLUMN old TEXT")
    assert texts(Joke)["all"][1] == "SELECT id, joke, haha, boohoo FROM jokes"
