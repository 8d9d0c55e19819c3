"""All tables as a picture and one by one: what the database has, and where it is not as the classes say."""

import re
import sqlite3
from contextlib import closing
from xml.etree import ElementTree

import pytest
from peewee import CharField, ForeignKeyField, IntegerField

from lab.cures import models_by_table
from lab.tables.cards import room_in_words, table_sizes
from lab.tables.reader import reading_tables
from lab.tables.whose import known_tables
from models.joke import Joke
from models.shared.database import database
from models.user import User

ODD = 'odd "name" <b>'


def run(*statements):
    """Somebody changes the database with another program."""
    with closing(sqlite3.connect(database.database)) as connection:
        for each in statements:
            connection.execute(each)
        connection.commit()


def card(answer, name):
    return next(each for each in answer.html.select(".lab-table") if each.h3.code.text == name)


def said(answer):
    """Each difference, with what to do."""
    return [" ".join(each.text.split()) for each in answer.html.select(".lab-difference")]


def drawn(answer):
    """The texts in each box of the picture."""
    boxes = {box.select_one(".table").text: box for box in answer.html.select(".lab-schema .box")}
    return {name: [text.text for text in box.select("text")] for name, box in boxes.items()}


def test_each_table_of_a_class_is_in_the_picture_with_sql_words_and_attributes(here):
    boxes = drawn(here.get("/lab/tables"))
    assert set(boxes) == set(models_by_table())
    for words in ("_uid", "User.uid", "VARCHAR(64)", "UQ", "PK", "DATE NULL"):
        assert words in boxes["users"]
    assert {"userID", "Post.user", "FK IX"} <= set(boxes["posts"])
    assert {"user_id", "KnownBrowser.user", "FK IX", "uq"} <= set(boxes["known_browsers"])


def test_each_reference_is_a_line_and_stands_in_words(here):
    answer = here.get("/lab/tables")
    titles = [each.text for each in answer.html.select(".lab-schema .tie title")]
    assert "posts.userID refers to users.id" in titles
    words = " ".join(answer.html.find("main").text.split())
    assert "posts refers to groups by group_id and to users by userID." in words


def test_a_fresh_database_differs_in_nothing(here):
    assert said(here.get("/lab/tables")) == []


@pytest.mark.parametrize(
    ("asked", "there", "gone"),
    [("id=no", "_uid", "id"), ("columns=no", "userID", "note"), ("site=no", "posts", "sessions")],
)
def test_what_the_address_leaves_out_is_in_no_form_of_the_picture(here, asked, there, gone):
    page = here.get(f"/lab/tables?{asked}")
    words = {word for name, texts in drawn(page).items() for word in [name, *texts]}
    svg = ElementTree.fromstring(here.get(f"/lab/tables.svg?{asked}").body)
    mermaid = here.get(f"/lab/tables.mmd?{asked}").text.split()
    for found in (words, {each.text for each in svg.iter()}, {each.strip('"') for each in mermaid}):
        assert there in found
        assert gone not in found
    assert page.html.find(attrs={"name": asked.partition("=")[0]}).has_attr("checked")


def test_the_picture_as_a_file_is_svg_with_the_legend_and_no_address_of_here(here):
    answer = here.get("/lab/tables.svg")
    assert answer.content_type == "image/svg+xml"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="tables.svg"'
    svg = ElementTree.fromstring(answer.body)
    texts = [each.text for each in svg.iter("{http://www.w3.org/2000/svg}text")]
    assert {"users", "User.uid", "it refers to exactly one row"} <= set(texts)
    assert "href" not in answer.text


def test_the_picture_as_text_for_mermaid_has_each_column_and_each_reference(here):
    lines = [each.strip() for each in here.get("/lab/tables.mmd").text.splitlines()]
    assert lines[0] == "erDiagram"
    assert 'VARCHAR(64) _uid UK "User.uid"' in lines
    assert '"users" ||--o{ "posts" : "userID"' in lines


def test_each_table_has_its_rows_size_indexes_statement_and_the_lines_of_its_class(here):
    users = card(here.get("/lab/tables"), "users")
    facts = {each.dt.text: each.dd.text for each in users.select("dl > div")}
    assert facts["Rows"] == "10 rows"
    assert re.fullmatch(r"\d+ KiB, its indexes \d+ KiB", facts["Size"])
    assert "_uid (unique)" in facts["Indexes"].splitlines()
    statement = users.select_one("pre").text
    assert '\n  "_uid" VARCHAR(64) NOT NULL,\n' in statement
    assert 'CREATE UNIQUE INDEX "users__uid"' in statement
    lines = [each.code.text for each in users.select(".lab-source li")]
    assert lines[0].startswith("class User(")
    assert any("uid = UidField" in each for each in lines)
    assert lines[-1].startswith("    ")


def test_foreign_keys_are_told_with_what_happens_when_a_row_goes(here):
    assert "userID → users.id, CASCADE" in card(here.get("/lab/tables"), "posts").text


COMMAND = "a command change the table, which shows first what would become of its rows: python -m models change"
DIFFERENCES = {
    "a column that the class has not": (
        ['ALTER TABLE jokes ADD COLUMN "stars" INTEGER'],
        "The table jokes has a column stars, and the class has no such field. Add the field to models/joke.py; or let "
        f"{COMMAND} stars = IntegerField(null=True)",
    ),
    "a column that is gone": (
        ["DROP TABLE jokes", "CREATE TABLE jokes (id INTEGER PRIMARY KEY, joke VARCHAR(200) NOT NULL, boohoo INTEGER)"],
        "The table jokes has no column haha, and the class has the field haha. Start the site again: it makes the "
        "column.",
    ),
    "a column that must differ in each row, gone": (
        ["DROP TABLE jokes", "CREATE TABLE jokes (id INTEGER PRIMARY KEY, haha INTEGER, boohoo INTEGER)"],
        f"The table jokes has no column joke yet, which must differ in each row. Let {COMMAND}",
    ),
    "a column of a table with migrations, gone": (
        ["DROP TABLE sign_ups", "CREATE TABLE sign_ups (id INTEGER PRIMARY KEY, address VARCHAR(64) NOT NULL)"],
        f"The table sign_ups has no column created, and the class has the field created. Let {COMMAND}",
    ),
    "a table that is gone": (
        ["DROP TABLE jokes"],
        "The class Joke has no table jokes in the database. Start the site again: it makes the table.",
    ),
    "an index that is gone": (
        ["DROP INDEX jokes_joke"],
        f"The table jokes lacks a unique index on joke. Let {COMMAND}",
    ),
    "an index that the class has not": (
        ["CREATE INDEX slow ON jokes (haha, boohoo)"],
        f"The table jokes has an index on haha, boohoo, which the class does not ask for. Let {COMMAND}",
    ),
    "a rule that the class has not": (
        ["ALTER TABLE jokes ADD COLUMN more INTEGER CHECK (more > 1)"],
        f"The table jokes has the rule more > 1, which the class does not ask for. Let {COMMAND}",
    ),
    "a view in place of a table": (
        ["DROP TABLE jokes", "CREATE VIEW jokes AS SELECT 1 AS id"],
        "jokes is a view, and Joke is to have a table. Drop it, and start the site again: it makes the table.",
    ),
    "a table without a class": (
        [
            "CREATE TABLE old_pets (id INTEGER PRIMARY KEY, name VARCHAR(40) NOT NULL, _w REAL, "
            "owner INT REFERENCES users)"
        ],
        "No class has the table old_pets. If a file was taken away from models/, put it back. Else write a class in "
        "models/old_pet.py, or drop the table. class OldPet(Resource): name = CharField(max_length=40) w = FloatField("
        "column_name='_w', null=True) owner = ForeignKeyField(User, column_name='owner', null=True) class Meta: "
        "table_name = 'old_pets'",
    ),
}


@pytest.mark.parametrize("what", DIFFERENCES)
def test_what_differs_is_told_with_what_to_do_and_has_another_colour(here, what):
    statements, words = DIFFERENCES[what]
    run(*statements)
    answer = here.get("/lab/tables")
    assert words in said(answer)
    assert answer.html.select_one(".lab-schema").select(".box.missing, .box.unclaimed, rect.missing, rect.differs")


def test_a_column_of_another_kind_is_told_with_the_line_that_would_fit(here):
    run(
        "DROP TABLE jokes",
        "CREATE TABLE jokes (id INTEGER PRIMARY KEY, joke VARCHAR(99) UNIQUE, haha TEXT NOT NULL, boohoo INT NOT NULL)",
    )
    differences = said(here.get("/lab/tables"))
    as_it_is = f"Let Joke.haha say what the table has; or let {COMMAND} haha = TextField()"
    assert f"The table jokes has haha as TEXT, not as INTEGER. {as_it_is}" in differences
    assert any(each.startswith("The table jokes has joke with null=True.") for each in differences)
    assert any(each.startswith("The table jokes has joke as VARCHAR(99), not as VARCHAR(200).") for each in differences)


def test_a_foreign_key_that_is_another_one_is_told(here):
    run(
        "DROP TABLE posts",
        "CREATE TABLE posts (id INTEGER PRIMARY KEY, note TEXT NOT NULL, image VARCHAR(255), userID INTEGER NOT NULL "
        "REFERENCES jokes, created DATETIME NOT NULL)",
        "DROP TABLE drafts",
        "CREATE TABLE drafts (id INTEGER PRIMARY KEY, known_browser_id INTEGER NOT NULL REFERENCES known_browsers)",
        "DROP TABLE sessions",
        "CREATE TABLE sessions (id INTEGER PRIMARY KEY, user_id INTEGER NOT NULL)",
    )
    starts = [each.partition(". ")[0] for each in said(here.get("/lab/tables"))]
    assert "The table posts has userID refer to jokes, and the class to users" in starts
    rule = "ON DELETE NO ACTION, and the class says CASCADE"
    assert f"The table drafts has known_browser_id with {rule}" in starts
    assert "The table sessions has user_id refer to no users" in starts


def test_tables_of_the_engine_and_the_search_are_told_apart_and_in_no_picture(here):
    run(
        "CREATE VIRTUAL TABLE folded_jokes USING fts5(c0)",
        "CREATE VIRTUAL TABLE words USING fts5(text)",
        "CREATE TABLE alteration_1 (id INTEGER PRIMARY KEY)",
        "ANALYZE",
    )
    answer = here.get("/lab/tables")
    others = {each.code.text: each.span.text for each in answer.html.select(".lab-others li")}
    assert others["schema_migration"] == "The migrations that have been applied."
    assert others["folded_jokes_content"] == "A part of an index of texts, for the search."
    assert others["alteration_1"] == "What python -m models change --undo brings back."
    assert others["words_data"] == "A part of the virtual table words."
    assert others["sqlite_stat1"] == "SQLite's own."
    assert not drawn(answer).keys() & others.keys()
    assert said(answer) == []


def test_a_view_is_drawn_as_one_and_its_query_can_be_read(here):
    run("CREATE VIEW old_users AS SELECT id, _name FROM users WHERE _dob < '1900-01-01'")
    answer = here.get("/lab/tables")
    assert drawn(answer)["old_users"][:2] == ["old_users", "view"]
    assert "WHERE _dob &lt; &#039;1900" in answer.text
    assert said(answer) == []


def test_what_cannot_be_read_is_told_and_takes_nothing_else_down(here):
    run(
        "CREATE VIEW broken AS SELECT nowhere FROM jokes",
        "CREATE VIEW gone AS SELECT * FROM u",
    )
    answer = here.get("/lab/tables")
    assert "no such column: nowhere" in card(answer, "broken").text
    assert "no such table: main.u" in card(answer, "gone").text
    assert "10 rows" in card(answer, "users").text
    assert "no such table" in here.get("/lab/tables/gone", status=422)


def test_names_may_have_any_signs(here):
    run(
        'CREATE TABLE "odd ""name"" <b>" ("a ""b"" %s ?" INTEGER PRIMARY KEY, "select" TEXT, '
        '"x/y" INTEGER REFERENCES users, "it\'s" INTEGER REFERENCES "odd ""name"" <b>")',
        """INSERT INTO "odd ""name"" <b>" VALUES (1, 'one', 2, 1)""",
    )
    answer = here.get("/lab/tables")
    assert {'a "b" %s ?', "select", "x/y", "it's"} <= set(drawn(answer)[ODD])
    ElementTree.fromstring(here.get("/lab/tables.svg").body)
    assert "\"odd 'name' <b>\" {" in here.get("/lab/tables.mmd").text
    rows = here.get(card(answer, ODD).h3.a["href"])
    assert "one" in rows.html.select_one(".lab-rows").text
    assert "Nikola Tesla" in rows.click("^2$", href="users")
    assert here.get(rows.html.find("a", string='a "b" %s ?')["href"]).status_int == 200


def test_a_model_whose_file_came_later_is_told_with_all_its_columns(here, monkeypatch):
    class Meteor(Joke.__mro__[1]):
        name = CharField(max_length=20)
        seen_by = ForeignKeyField(User, null=True)
        size = IntegerField()

    monkeypatch.setitem(models_by_table(), "meteors", Meteor)
    for known, key in ((User._meta.backrefs, Meteor.seen_by), (User._meta.model_backrefs, Meteor)):
        known.pop(key)  # deleting a user would look for the table
    answer = here.get("/lab/tables")
    assert "The class Meteor has no table meteors in the database. Start the site again: it makes the table." in said(
        answer
    )
    assert {"seen_by_id", "Meteor.seen_by", "INTEGER NULL"} <= set(drawn(answer)["meteors"])
    titles = [each.text for each in answer.html.select(".lab-schema .tie title")]
    assert "meteors.seen_by_id refers to users.id" in titles


def test_where_sqlite_does_not_tell_its_room_the_values_are_added_up(here):
    with database.connection_context(), reading_tables() as reader:
        tables = known_tables(reader)
        reader.connection.set_authorizer(lambda _what, name, *_: sqlite3.SQLITE_DENY if name == "dbstat" else 0)
        sizes = table_sizes(reader, tables)
    assert sizes["users"].is_about
    assert 500 < sizes["users"].own < 4000
    assert room_in_words(sizes["users"]).endswith(" of values")
