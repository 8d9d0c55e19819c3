"""Rows of every kind and how they are counted: alike on SQLite and on PostgreSQL."""

from datetime import date, datetime, timedelta
from itertools import pairwise

from peewee import (
    BigIntegerField,
    BooleanField,
    CharField,
    DateField,
    DateTimeField,
    DecimalField,
    FloatField,
    ForeignKeyField,
    UUIDField,
)

from models.shared.counts import counts_of
from models.shared.database import database
from models.shared.fields import IntegerField, TextField
from models.shared.rows import BaseModel


class Thing(BaseModel):
    text = CharField(null=True)
    code = CharField(null=True, unique=True)
    size = CharField(choices=[("s", "Small"), ("l", "Large")], null=True)
    lines = TextField(max_length=10, null=True)
    number = IntegerField(null=True)
    stars = IntegerField(minimum=1, maximum=5, null=True)
    huge = BigIntegerField(null=True)
    share = FloatField(null=True)
    price = DecimalField(max_digits=6, decimal_places=2, null=True)
    truth = BooleanField(null=True)
    day = DateField(null=True)
    time = DateTimeField(null=True)
    label = UUIDField(null=True)
    other = ForeignKeyField("self", null=True)

    shows = (
        *(
            "id",
            "text",
            "code",
            "size",
            "lines",
            "number",
            "stars",
            "huge",
            "share",
            "price",
            "truth",
            "day",
            "time",
            "label",
        ),
        *("other", "length"),
    )
    length = 5


Thing.share.field_type = "DOUBLE"  # as a Resource makes it
FIRST = date(2026, 1, 30)


def days(*numbers):
    return [FIRST + timedelta(days=number) for number in numbers]


# The field, the values of the rows, and the bars as (value, below, how many): an order, and every bar between.
CASES = [
    ("text", ["b", "a", "b", "B", "é", None], [("b", None, 2), ("B", None, 1), ("a", None, 1), ("é", None, 1)]),
    ("text", ["", "x", ""], [("", None, 2), ("x", None, 1)]),
    ("size", ["l", None, "l"], [("s", None, 0), ("l", None, 2)]),
    ("truth", [False, None, False], [(True, None, 0), (False, None, 2)]),
    ("number", [3, 5, 5, None], [(3, 4, 1), (4, 5, 0), (5, 6, 2)]),
    ("stars", [3, 3], [(1, 2, 0), (2, 3, 0), (3, 4, 2), (4, 5, 0), (5, 6, 0)]),
    ("number", [0], [(0, 1, 1)]),
    (
        "number",
        [-1, 0, 1, -101],
        [(-110, -100, 1), *((n, n + 10, 0) for n in range(-100, -10, 10)), (-10, 0, 1), (0, 10, 2)],
    ),
    ("number", [-(2**31) + 1, 2**31 - 1], None),
    ("huge", [2**63 - 1, 2**63 - 2], [(2**63 - 2, 2**63 - 1, 1), (2**63 - 1, 2**63, 1)]),
    ("huge", [-(2**63) + 1, 2**63 - 1, 0], None),
    ("share", [0.1, 0.3, 0.7, 1.1], None),
    ("share", [0.25, 0.29, 0.3, 0.31, 0.45], None),
    (
        "share",
        [0.29 + n / 100 for n in range(15)],
        [(round(0.29 + n / 100, 2), round(0.3 + n / 100, 2), 1) for n in range(15)],
    ),
    ("share", [1e300, -1e300, 1.7e308, -1.7e308, 5e-324, 0.0, None], None),
    ("share", [1e-20, 1.5e-20], None),
    ("share", [7.5], None),
    ("price", ["0.29", "0.30", "9.99", None], None),
    ("price", ["9999.99", "-9999.99"], None),
    ("price", ["1.20", "1.25", "1.25"], None),
    (
        "day",
        [*days(0, 0, 3, 2), None],
        [
            ("2026-01-30", "2026-01-31", 2),
            ("2026-01-31", "2026-02-01", 0),
            ("2026-02-01", "2026-02-02", 1),
            ("2026-02-02", "2026-02-03", 1),
        ],
    ),
    (
        "day",
        days(0, 100),
        [
            ("2026-01-01", "2026-02-01", 1),
            ("2026-02-01", "2026-03-01", 0),
            ("2026-03-01", "2026-04-01", 0),
            ("2026-04-01", "2026-05-01", 0),
            ("2026-05-01", "2026-06-01", 1),
        ],
    ),
    (
        "day",
        days(0, 2000),
        [(f"{year}-01-01", f"{year + 1}-01-01", year in (2026, 2031)) for year in range(2026, 2032)],
    ),
    (
        "day",
        [date(1847, 2, 11), date(1914, 11, 9)],
        [(f"{year}-01-01", f"{year + 10}-01-01", year in (1840, 1910)) for year in range(1840, 1920, 10)],
    ),
    ("day", [date(10, 1, 1), date(1914, 11, 9)], None),
    ("day", [date.min, date.max], None),
    ("day", [date.max], [("9999-12-31", None, 1)]),
    (
        "time",
        [datetime(2026, 1, 30, 23, 59, 59), datetime(2026, 1, 31), None],
        [("2026-01-30", "2026-01-31", 1), ("2026-01-31", "2026-02-01", 1)],
    ),
]


def put(name, values):
    """Rows with these values, and no other ones."""
    database.drop_tables([Thing])
    database.create_tables([Thing])
    Thing.insert_many([{name: value} for value in values]).execute()


def counted(name, rows=None):
    """(value, below, how many) of each bar."""
    return [
        (bar.value, bar.below, bar.number) for bar in counts_of(Thing.select() if rows is None else rows, name).bars
    ]


def check_case(name, values, expected):
    """Where no bars are `expected`, each value is in one of them, and they follow each other."""
    put(name, values)
    counts = counts_of(Thing.select(), name)
    bars = counted(name)
    nothing = values.count(None)
    assert counts.total == len(values) == sum(number for *_, number in bars)
    assert counts.others == 0
    assert bars[len(bars) - bool(nothing) :] == ([(None, None, nothing)] if nothing else [])
    bars = bars[: len(bars) - bool(nothing)]
    if expected is not None:
        assert bars == expected
        return
    assert 1 <= len(bars) <= 100
    assert bars[0][2] > 0 < bars[-1][2]
    assert all(one[1] == following[0] for one, following in pairwise(bars))
