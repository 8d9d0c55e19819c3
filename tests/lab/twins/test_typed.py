"""A Peewee expression that somebody types: what it becomes, and what may not be typed."""

import ast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lab.literals import with_literals
from lab.twins.allowed import FUNCTIONS, OF_COLUMN, OF_FUNCTION, OF_MODEL, OF_QUERY
from lab.twins.arguments import KINDS_OF_ARGUMENTS
from lab.twins.caught import sql_of_expression
from lab.twins.typed import DEEPEST_EXPRESSION, MOST_LETTERS_OF_EXPRESSION, MOST_NODES, NotOpen
from models.shared.database import bind_database, database
from models.shared.loading import all_models
from models.user import User
from tests.server import HOUSE

ALL_USERS = User.select()
PIECES = [
    *("User", "Post", "Joke", "fn", "JOIN", "User.name", "Post.user", "None", "True", "1", "-1", "'a'", "[1, 2]", "()"),
    *(".select()", ".where(", ".join(", ".count()", ".alias('t')", ".order_by(", ".limit(", "fn.COUNT(", "Case(None, "),
    *("__class__", "__subclasses__()", ".__globals__", "._meta", ".model", ".sql", "(", ")", "[", "]", ",", "=", "=="),
    *("&", "|", "~", "%", "**", "*", "<<", "and", "or", "not", "lambda: ", "for x in ", "if ", "else ", "\n", " ", ":"),
    *("import os", "open('x')", "eval('1')", "{", "}", "f'{User}'", "x = ", "x", "9" * 30, "'a' * 9"),
]


@pytest.fixture(autouse=True, scope="module")
def bound(tmp_path_factory):
    """A database that is never opened."""
    bind_database(tmp_path_factory.mktemp("typed") / "nothing.db")
    all_models()
    yield
    database.close_all()


def sql_with_values(text):
    return with_literals(*sql_of_expression(text))


def reason_against(text):
    with pytest.raises(NotOpen) as refused:
        sql_of_expression(text)
    return str(refused.value)


@pytest.mark.parametrize(
    ("text", "made"),
    [
        (
            "User.select(User.uid).where(User.dob.is_null())",
            'SELECT "t1"."_uid" FROM "users" AS "t1" WHERE ("t1"."_dob" IS NULL)',
        ),
        (
            "User.select(User.uid).where(User.dob == None)",
            'SELECT "t1"."_uid" FROM "users" AS "t1" WHERE ("t1"."_dob" IS NULL)',
        ),
        (
            "User.select(User.uid).where((User.name.contains('ed%')) & ~(User.id << [1, 2]) | (User.role != 'user'))",
            'SELECT "t1"."_uid" FROM "users" AS "t1" WHERE ((("t1"."_name" LIKE \'%ed\\%%\' ESCAPE \'\\\') AND '
            'NOT ("t1"."id" IN (1, 2))) OR ("t1"."_role" != \'user\'))',
        ),
        (
            "User.select(User.role, fn.COUNT(User.id).alias('n')).group_by(User.role).having(fn.COUNT(User.id) > 1)",
            'SELECT "t1"."_role", COUNT("t1"."id") AS "n" FROM "users" AS "t1" GROUP BY "t1"."_role" '
            'HAVING (COUNT("t1"."id") > 1)',
        ),
        (
            "Post.select(Post.id, User.uid).join(User, JOIN.LEFT_OUTER, on=(Post.user == User.id))"
            ".order_by(-Post.id).limit(3)",
            'SELECT "t1"."id", "t2"."_uid" FROM "posts" AS "t1" LEFT OUTER JOIN "users" AS "t2" '
            'ON ("t1"."userID" = "t2"."id") ORDER BY "t1"."id" DESC LIMIT 3',
        ),
        (
            "other = User.alias()\n"
            "User.select(other.uid).join(other, on=(User.dob == other.dob)).where(User.id < other.id)",
            'SELECT "t1"."_uid" FROM "users" AS "t2" INNER JOIN "users" AS "t1" ON ("t1"."_dob" = "t2"."_dob") '
            'WHERE ("t1"."id" > "t2"."id")',
        ),
        (
            "n = Post.select(Post.user, fn.COUNT(Post.id).alias('n')).group_by(Post.user).alias('sums')\n"
            "User.select(User.uid, n.c.n).join(n, on=(n.c.userID == User.id))",
            'SELECT "t1"."_uid", "sums"."n" FROM "users" AS "t1" INNER JOIN (SELECT "t2"."userID", COUNT("t2"."id") '
            'AS "n" FROM "posts" AS "t2" GROUP BY "t2"."userID") AS "sums" ON ("sums"."userID" = "t1"."id")',
        ),
        (
            "User.select(Case(None, [(User.dob < date(1800, 1, 1), 'old')], 'new'))",
            'SELECT CASE WHEN ("t1"."_dob" < \'1800-01-01\') THEN \'old\' ELSE \'new\' END FROM "users" AS "t1"',
        ),
        (
            "User.select(fn.ROW_NUMBER().over(order_by=[User.dob.desc(nulls='last')]).alias('n'))",
            'SELECT ROW_NUMBER() OVER (ORDER BY "t1"."_dob" DESC NULLS last) AS "n" FROM "users" AS "t1"',
        ),
        (
            "User.select(User.id) | Post.select(Post.id)",
            'SELECT "t1"."id" FROM "users" AS "t1" UNION SELECT "t2"."id" FROM "posts" AS "t2"',
        ),
        ("User.select().count()", 'SELECT COUNT(1) FROM (SELECT 1 FROM "users" AS "t1") AS "_wrapped" LIMIT 1'),
        ("User.select().exists()", 'SELECT EXISTS(SELECT 1 FROM "users" AS "t1") LIMIT 1'),
        ("User.select(User.id).first()", 'SELECT "t1"."id" FROM "users" AS "t1" LIMIT 1'),
        (
            "Post.select(Post.id).where(Post.userID == 2).get()",
            'SELECT "t1"."id" FROM "posts" AS "t1" WHERE ("t1"."userID" = 2) LIMIT 1 OFFSET 0',
        ),
        (
            "User.update(name='Ada').where(User.id == 3)",
            'UPDATE "users" SET "_name" = \'Ada\' WHERE ("users"."id" = 3)',
        ),
        ("User.delete().where(User.uid == 'fred').execute()", 'DELETE FROM "users" WHERE ("users"."_uid" = \'fred\')'),
        (
            "User.insert(name='Ada', uid='ada')",
            'INSERT INTO "users" ("_name", "_uid", "_role") VALUES (\'Ada\', \'ada\', \'user\')',
        ),
    ],
)
def test_an_expression_becomes_the_sql_that_peewee_makes_of_it(text, made):
    assert sql_with_values(text) == made


def test_one_row_is_found_in_the_ways_of_a_class():
    for text in ("User.get(User.uid == 'toby')", "User.get(uid='toby')", "User.get_or_none(User.uid == 'toby')"):
        assert sql_with_values(text).endswith('FROM "users" AS "t1" WHERE ("t1"."_uid" = \'toby\') LIMIT 1 OFFSET 0')
    assert sql_with_values("User.get_by_id(1)").endswith('WHERE ("t1"."id" = 1)')


def test_to_read_an_expression_asks_the_database_nothing(monkeypatch):
    def ask(*_):
        raise AssertionError

    monkeypatch.setattr(database.obj, "connect", ask)
    monkeypatch.setattr(database.obj, "execute_sql", ask)
    for end in ("", ".count()", ".get()", ".first()", ".scalar()", ".exists()", ".execute()", ".get_or_none()"):
        assert sql_of_expression(f"User.select(){end}")
    assert sql_of_expression("User.delete().execute()")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("User.__class__", "Line 1, letter 1: User has no __class__. It has id, name, uid"),
        ("User._meta.database", "User has no _meta"),
        ("User.select().where.__globals__", "there is no .where here"),
        ("User.select().model", "there is no .model here"),
        ("User.name.model", "there is no .model here"),
        ("().__class__.__bases__", "there is no .__class__ here"),
        ("User.select().c.id", '.c is of a query that has a name: .alias("totals").'),
        ("User.select().alias('t').c._meta", "a name has letters, digits and _, and begins with a letter."),
        ("User.select().alias('t\" x')", "a name has letters"),
        ("User.select().where(User.password == 'x')", "User has no password. It has id"),
        ("User.posts", "User has no posts"),
        ("Nobody.select()", "there is no Nobody. What there is: "),
        ("database.execute_sql('x')", "there is no database"),
        ("User.raw('select 1')", "there is no .raw() here. What there is: select, alias"),
        ("User.create(name='x')", "there is no .create() here"),
        ("User.drop_table()", "there is no .drop_table() here"),
        ("User.select().bind(1)", "there is no .bind() here"),
        ("User.select().with_cte(1)", "there is no .with_cte() here"),
        ("User.select().count().real", "there is no .real here"),
        ("User.select().for_update('x')", "there is no .for_update() here"),
        ("User.name.regexp('(a+)+$')", "there is no .regexp() here"),
        ("User.name.bind('x')", "there is no .bind() here"),
        ("fn.load_extension('x')", "fn.load_extension is not open here. What is: ABS"),
        ("fn.COUNT(User.id).load_extension('x')", "there is no .load_extension() here"),
        ("fn", "there is no fn. What there is"),
        ("fn.COUNT", "there is no fn"),
        ("SQL('1')", "only methods can be called"),
        ("eval('1')", "only methods can be called"),
        ("User()", "only methods can be called"),
        ("User.select()()", "only methods can be called"),
        ("User.select(User.name.cast('text) FROM x --'))", ".cast() takes one of INTEGER, REAL"),
        ("User.name.collate('x')", ".collate() takes one of NOCASE"),
        ("User.select().join(Post, 'JOIN x')", ".join() takes JOIN.INNER, JOIN.LEFT_OUTER or another one of JOIN"),
        ("User.select().join(Post, JOIN.LATERAL)", "JOIN has INNER"),
        ("User.select().order_by(User.id.asc(collation='x'))", ".asc() takes no collation=."),
        ("User.select().order_by(User.id.asc(nulls='x'))", '.asc() takes "first" or "last" here.'),
        ("User.select('name')", ".select() takes a column, a class or a condition here."),
        ("User.select().limit(-1)", ".limit() takes a number from 0 to 1,000,000 here."),
        ("User.select().limit(True)", ".limit() takes a number"),
        ("User.select().limit()", ".limit() takes 1 argument."),
        ("User.select().paginate(1, 2, 3)", ".paginate() takes 1 or 2 arguments."),
        ("User.select().dicts(1)", ".dicts() takes no arguments."),
        ("User.update(id2=3)", "User has no id2"),
        ("User.update(name=[1])", ".update() takes a value or a column here."),
        ("User.select(*[User.id])", "this cannot be written here."),
        ("User.select(**{'a': 1})", "this cannot be written here."),
        ("User.select()[0]", "this cannot be written here."),
        ("[user for user in User.select()]", "this cannot be written here."),
        ("lambda: User.select()", "this cannot be written here."),
        ("User.select().where(f'{User}')", "this cannot be written here."),
        ("User.select().where(b'x' == User.name)", "only texts, numbers, True, False and None may stand here."),
        ("(user := User).select()", "this cannot be written here."),
        ("User.select() if True else User.select()", "this cannot be written here."),
        ("await User.select()", "this cannot be written here."),
        ("yield User", "this is no Python|this cannot be written here."),
        ("import os", "The last line is to be a query"),
        ("import os\nUser.select()", "Before the last line, a line is like: other = User.alias()"),
        ("for x in User: pass", "The last line is to be a query"),
        ("User = 1\nUser.select()", "User is there already"),
        ("fn = 1\nUser.select()", "fn is there already"),
        ("__x = 1\nUser.select()", "a name has letters"),
        ("x.y = 1\nUser.select()", "Before the last line"),
        ("User", "This is no query yet"),
        ("User.name == 'x'", "This is no query yet"),
        ("", "The last line is to be a query"),
        ("User.select(", "this is no Python: '(' was never closed."),
        (
            "User.select().where((User.id > 1) and (User.id < 9))",
            "write & in place of and, with each side in brackets.",
        ),
        ("User.select().where((User.id > 1) or (User.id < 9))", "write | in place of or, with each side in brackets."),
        ("User.select().where(not User.dob)", "write ~ in place of not."),
        ("User.select().where(User.dob is None)", "write == None, or .is_null()."),
        ("User.select().where(User.dob is not None)", "write != None, or .is_null(False)."),
        ("User.select().where(User.id in [1])", "write .in_([…])."),
        ("User.select().where(User.id not in [1])", "write .not_in([…])."),
        (
            "User.select().where(1 < User.id < 9)",
            "compare two at a time, each pair in brackets, or write .between(…, …).",
        ),
        ("User.select().where(User.id > 1 & User.id < 9)", "compare two at a time, each pair in brackets"),
        ("User.select().where('a' * 999999999)", "the left side is to be a column"),
        ("User.select().where('%999999999s' % User.name)", "the left side is to be a column"),
        ("User.select().where(9 ** 9)", "the left side is to be a column"),
        ("User.select().where(User.id // 2 == 1)", "this sign cannot be written here."),
        ("User.select().where(User.id == User)", "the right side is to be a value, a column or a query."),
        ("User.select().where(User.id == 9223372036854775808)", "the number is too large for a column."),
        ("User.select().where(~3)", "the sign is for a column, a condition or a number."),
        ("User.select().where(User.name == '\\ud800')", "the text has a letter that nobody can type."),
        ("User.select().where(User.name == '\\0')", "a text cannot have a zero byte."),
        ("User.select().where(User.name == '\0')", "this is no Python|nobody can type"),
        ("User.select().where(User.dob.year == 1856)", "there is no .year here: write fn.STRFTIME('%Y', …)."),
        ("User.select().where(User.dob > date(1, 2))", "this cannot be"),
        ("User.select().where(User.dob > date(99999, 1, 1))", "this cannot be: year 99999 is out of range"),
        ("User.select(Case(None, [User.id], 1))", "only methods can be called, and Case("),
        ("Post.select().join(Joke)", "Unable to find foreign key between"),
    ],
)
def test_what_may_not_be_typed_is_refused_with_the_place_and_the_reason(text, reason):
    said = reason_against(text)
    assert any(each in said for each in reason.split("|"))
    assert said.startswith("Line ") or "\n" not in text


def test_what_is_too_long_or_too_deep_is_refused_before_it_is_looked_at():
    assert "at most 2,000 letters" in reason_against("User.select()" + " " * MOST_LETTERS_OF_EXPRESSION)
    assert "within each other" in reason_against("User.select().where(" + "~" * (DEEPEST_EXPRESSION + 1) + "User.dob)")
    assert "parts" in reason_against(f"User.select().where(User.id.in_([{', '.join('1' * (MOST_NODES - 9))}]))")
    for many in ("(" * 900, "[" * 900, "~" * 1900, "User" + ".select()" * 200, "1" + "+1" * 900, "-" * 1990 + "1"):
        assert reason_against(many)
    assert "Line" in reason_against("1" * 1999)


@pytest.mark.parametrize(
    ("first", "doubled", "last"), [("User.select()", "a | a", "a"), ("User.id + 1", "a + a", "User.select(a)")]
)
def test_names_that_stand_for_more_and_more_are_refused(first, doubled, last):
    doubling = [f"a = {doubled}"] * 12
    assert '"users"' in sql_with_values("\n".join([f"a = {first}", *doubling[:4], last]))
    assert "there are more than 600 parts" in reason_against("\n".join([f"a = {first}", *doubling, last]))


def test_a_value_is_never_part_of_the_sql():
    sql, values = sql_of_expression("""User.select(User.id).where(User.name == "x' OR 1=1 --")""")
    assert sql == 'SELECT "t1"."id" FROM "users" AS "t1" WHERE ("t1"."_name" = ?)'
    assert values == ["x' OR 1=1 --"]


def test_each_method_that_is_open_is_one_of_peewees_and_has_known_arguments():
    for methods, owner in ((OF_MODEL, User), (OF_QUERY, ALL_USERS), (OF_COLUMN | OF_FUNCTION, None)):
        for name, takes in methods.items():
            assert owner is None or hasattr(type(owner) if owner is ALL_USERS else owner, name)
            kinds = {*takes.first, *filter(None, [takes.last]), *(kind for _, kind in takes.named)}
            assert kinds <= KINDS_OF_ARGUMENTS.keys()
            assert name[0] != "_"
    assert all(name.isupper() for name in FUNCTIONS)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=14).map("".join))
def test_whatever_is_typed_is_one_statement_or_refused(text):
    try:
        sql, _ = sql_of_expression(text)
    except NotOpen:
        return
    assert sql.split(" ")[0] in ("SELECT", "UPDATE", "DELETE", "INSERT")
    assert ";" not in sql


def test_nothing_of_the_lab_evaluates_python():
    for file in (HOUSE / "lab" / "twins").glob("*.py"):
        called = {node.func.id for node in ast.walk(ast.parse(file.read_text())) if is_plain_call(node)}
        assert called.isdisjoint({"eval", "exec", "compile", "__import__", "globals", "vars"})


def is_plain_call(node):
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name)


def test_models_of_ones_own_are_known_by_their_names():
    assert sql_with_values("Joke.select(Joke.haha)") == 'SELECT "t1"."haha" FROM "jokes" AS "t1"'
    assert "Post" in reason_against("Nothing.select()")
