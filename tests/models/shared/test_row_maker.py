"""Rows are made as Peewee makes them, whatever stands in the table; only quicker."""

import pytest
from peewee import (
    JOIN,
    BooleanField,
    CharField,
    DateField,
    DateTimeField,
    DecimalField,
    FixedCharField,
    FloatField,
    ForeignKeyField,
    IntegerField,
    UUIDField,
    fn,
)

from models.post import Post
from models.shared.database import database
from models.shared.fields import TextField
from models.shared.rows import BaseModel
from models.user import User

DAY, TIME = "2008-04-05", "2008-04-05 16:30:00"
VALUES = [
    *(None, 0, 1, -7, 2**62, 2.5, 1e300, "", "x", "  x  ", "Zoë", "\x00", b"x", b"\xff"),
    *(DAY, "2008-W14-6", "20080405", "2008-13-05", "2008-04-05x", f"{DAY}Z", "infinity"),
    *(TIME, "2008-04-05T16:30:00", "2008-04-05 16:30", "2008-04-05 16:30:00.5", "20080405T1630+00:00", f"{TIME}Z"),
    *("9.99", "1e400", "true", "0b8a1d3e-5f0c-4a53-9d55-6f2f1c1f7a10"),
]


class Shouted(CharField):
    def python_value(self, value):
        return value and str(value).upper()


class Everything(BaseModel):
    text = CharField(null=True)
    fixed = FixedCharField(null=True)
    shouted = Shouted(null=True)
    lines = TextField(max_length=10, null=True)
    number = IntegerField(null=True)
    share = FloatField(null=True)
    price = DecimalField(null=True)
    truth = BooleanField(null=True)
    day = DateField(null=True)
    time = DateTimeField(null=True)
    code = UUIDField(null=True)
    other = ForeignKeyField("self", null=True, backref="+")


@pytest.fixture
def everything(tables):
    database.create_tables([Everything])
    database.execute_sql("PRAGMA foreign_keys = 0")
    marks = ", ".join("?" * len(Everything._meta.columns))
    for number, value in enumerate(VALUES, start=1):
        row = [number, *[value] * (len(Everything._meta.columns) - 1)]
        database.execute_sql(f"INSERT INTO everything VALUES ({marks})", row)
    database.execute_sql("INSERT INTO everything (text, day) SELECT CAST(x'ff' AS TEXT), CAST(x'ff' AS TEXT)")


def by_peewee(query):
    query.maker = None
    return query


def found(query):
    return [seen(row) for row in query]


def seen(row):
    more = {name: value for name, value in vars(row).items() if name not in ("__data__", "__rel__", "_dirty")}
    others = {name: seen(other) for name, other in row.__rel__.items()}
    return type(row), {name: typed(value) for name, value in row.__data__.items()}, others, more, row._dirty


def typed(value):
    return type(value), str(value)  # of a float that is no number, too


@pytest.mark.usefixtures("everything")
def test_whatever_somebody_typed_into_a_table_is_read_as_peewee_reads_it():
    query = Everything.select().order_by(Everything.id)
    assert query.maker
    assert found(query) == found(by_peewee(query.clone()))


QUERIES = {
    "joined": Post.with_user,
    "some columns": lambda: Post.select(Post.note, User.name).join(User),
    "the id of another": lambda: Post.select(Post.note, User.id).join(User),
    "nothing of another": lambda: Post.select(Post, User.password_hash).join(User),
    "joined but not wanted": lambda: Post.select().join(User),
    "a value more": lambda: User.select(User, fn.COALESCE(User.dob, None).coerce(False).alias("stored")),
    "a column by another name": lambda: User.select(User, User.dob.alias("born")),
    "a function of a column": lambda: User.select(fn.MAX(User.dob).alias("youngest")),
    "a number of rows": lambda: User.select(fn.COUNT(User.id)),
    "a join from the other side": lambda: User.select(User, Post).join(Post),
    "perhaps nobody": lambda: User.select(User, Post).join(Post, JOIN.LEFT_OUTER).where(User.id > 1),
    "each once": lambda: User.select(User.role).distinct(),
}


@pytest.mark.usefixtures("people")
@pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES)
def test_a_query_finds_what_peewee_finds(query):
    assert found(query()) == found(by_peewee(query()))
    assert query().dicts()[:] == by_peewee(query()).dicts()[:]


@pytest.fixture
def people(tables):
    for uid in ("ada", "zoe"):
        user = User.create(name=f"{uid} Ö", uid=uid, dob="1815-12-10")
        Post.create(user=user, note="A note")
    User.create(name="Nobody writes", uid="none")


class Counting(BaseModel):
    made = 0

    def __init__(self, *args, **values):
        type(self).made += 1
        super().__init__(*args, **values)


def test_a_class_that_makes_its_rows_itself_still_does(tables):
    database.create_tables([Counting])
    database.execute_sql("INSERT INTO counting (id) VALUES (1), (2), (3)")
    assert [row.id for row in Counting.select()] == [1, 2, 3]
    assert Counting.made == 3
