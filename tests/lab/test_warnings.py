"""What a request has to teach: loops of queries, lists without an index, slow statements."""

import pytest

from models.shared.database import database
from tests.lab.planted import FIRST, plant

LOOPS = {
    "the row it refers to": "[post.user.name for post in Post.select()]",
    "the rows that refer to it": "[len(list(user.posts)) for user in User.select()]",
    "how many refer to it": "[user.posts.count() for user in User.select()]",
    "any query of a row": "[User.get(User.uid == user.uid).name for user in User.select()]",
    "a query in SQL": (
        "[database.execute_sql('SELECT _name FROM users WHERE id = ?', (row[0],)).fetchall()"
        " for row in database.execute_sql('SELECT id FROM users').fetchall()]"
    ),
}
CURES = {
    "the row it refers to": "Read them together: Post.select(Post, User).join(User)",
    "the rows that refer to it": "Read them in two queries: with_newest(User), of models/shared/related.py",
    "how many refer to it": "Read them together: counted(User), of models/shared/related.py, has a posts_total",
    "any query of a row": "Ask once for all: User.select().where(User.uid.in_([…]))",
    "a query in SQL": "Ask once for all: User.select().where(User.id.in_([…]))",
}


@pytest.fixture
def warnings(here, last):
    """Call it with lines of a handler, for what there is to say of it."""

    def of(*lines):
        plant(here, *lines)
        here.get("/planted")
        return last(here)["warnings"]

    return of


@pytest.mark.parametrize("loop", LOOPS)
def test_a_loop_of_queries_is_named_with_its_line_its_count_and_its_cure(warnings, loop):
    (warned,) = warnings("values = []", f"return str({LOOPS[loop]})")
    assert (warned["kind"], warned["file"], warned["line"]) == ("n+1", "routes/planted.py", FIRST + 1)
    first, *loop_of = warned["statements"]
    assert (first, len(loop_of)) == (0, 19 if loop == "the row it refers to" else 10)
    assert f"asks again for each row: {len(loop_of)} times " in warned["text"]
    assert warned["cure"] == CURES[loop]


@pytest.mark.parametrize(
    "cured",
    [
        "[post.user.name for post in Post.select(Post, User).join(User)]",
        "[len(user.posts) for user in with_newest(User)]",
        "[user.posts_total for user in counted(User)]",
        "[len(user.posts) for user in User.select().with_related(Load(User.posts))]",
        "[u.n for u in User.select(User, fn.COUNT(Post.id).alias('n')).join(Post, JOIN.LEFT_OUTER).group_by(User.id)]",
        "[user.name for user in User.select().where(User.uid.in_([user.uid for user in User.select()]))]",
    ],
)
def test_what_the_cures_say_works_and_is_no_loop(warnings, cured):
    assert warnings(f"return str({cured})") == []


def test_the_line_of_the_earlier_query_is_named_too(warnings):
    (warned,) = warnings("posts = list(Post.select())", "return str([post.user.name for post in posts])")
    assert warned["line"] == FIRST + 1
    assert f"19 times User, for the 19 rows of Post, which routes/planted.py:{FIRST} asked for" in warned["text"]


def test_a_line_that_follows_two_keys_of_a_row_is_a_loop(warnings):
    sql = "SELECT id, id + 5 FROM users WHERE id < 6"
    asks = "[(User.get_by_id(home).name, User.get_by_id(away).name) for home, away in pairs]"
    (warned,) = warnings(f"pairs = list(database.execute_sql({sql!r}).fetchall())", f"return str({asks})")
    assert (warned["kind"], warned["line"]) == ("n+1", FIRST + 1)
    assert "10 times User, for the 5 rows of User" in warned["text"]


def test_two_lines_that_ask_for_one_row_each_are_no_loop(warnings):
    lines = [
        "ids = [user.id for user in User.select()]",
        "one = User.get_by_id(ids[0])",
        "two = User.get_by_id(ids[1])",
    ]
    assert warnings(*lines, "return one.name + two.name") == []


def test_values_that_no_earlier_answer_had_are_no_n_plus_one(warnings):
    (found,) = warnings("list(User.select())", "return str([User.get_or_none(User.uid == uid) for uid in 'abc'])")
    assert (found["kind"], found["line"]) == ("repeated", FIRST + 1)
    assert "3 times, with other values" in found["text"]


def test_the_same_question_again_is_repeated(warnings):
    (warned,) = warnings("return str([User.get_by_id(1).name for _ in range(4)])")
    assert warned["kind"] == "repeated"
    assert "4 times" in warned["text"]


def test_a_slow_statement_is_named(warnings):
    slow = "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c WHERE x < 1000000) SELECT COUNT(*) FROM c"
    (warned,) = warnings(f"return str(database.execute_sql({slow!r}).fetchone())")
    assert (warned["kind"], warned["line"]) == ("slow", FIRST)


def many_jokes():
    with database.connection_context():
        database.execute_many(
            "INSERT INTO jokes (joke, haha, boohoo) VALUES (?, 0, 0)", [(str(n),) for n in range(400)]
        )


def test_a_list_that_is_sorted_without_an_index_is_named(here, last):
    many_jokes()
    here.get("/api/jokes?sort=haha")
    (warned,) = last(here)["warnings"]
    assert warned["kind"] == "no index"
    assert "Joke" in warned["text"]
    assert warned["cure"] == "Give Joke an index: haha = IntegerField(index=True)"
    assert "no index" in here.get("/lab/requests/1")


def test_a_search_without_an_index_is_named(here, last):
    many_jokes()
    here.get("/api/jokes?boohoo=3")
    (warned,) = last(here)["warnings"]
    assert (warned["kind"], "boohoo =" in warned["cure"]) == ("no index", True)


def test_of_a_short_table_every_row_may_be_read(here, last):
    here.get("/api/jokes?sort=haha")
    assert last(here)["warnings"] == []


def test_a_list_by_its_index_is_not_named(here, last):
    many_jokes()
    here.get("/api/jokes?sort=-id&limit=50")
    here.get("/api/jokes?joke=12")
    assert last(here, 0)["warnings"] == last(here, 1)["warnings"] == []
