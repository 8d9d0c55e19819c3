"""A value in a line of JSON is that which SQLite has, whichever engine it came from."""

from datetime import date, datetime, time
from decimal import Decimal
from uuid import UUID

import pytest
from peewee import BlobField, BooleanField, DateField, DateTimeField, DecimalField, TextField, TimeField, UUIDField

from models.shared.backup.row_values import from_line, to_line

NUMBER = "0123456789abcdef0123456789abcdef"


@pytest.mark.parametrize(
    ("field", "sqlite", "postgresql", "line"),
    [
        (BooleanField(), 1, True, True),
        (BooleanField(), 0, False, False),
        (BooleanField(null=True), None, None, None),
        (DecimalField(), 1.2, Decimal("1.20"), "1.2"),
        (DecimalField(), 300, Decimal("300.00"), "300"),
        (DecimalField(), "12345678901234567890.12", Decimal("12345678901234567890.12"), "12345678901234567890.12"),
        (DateField(), "0010-01-01", date(10, 1, 1), "0010-01-01"),
        (DateTimeField(), "2026-01-05 09:30:00", datetime(2026, 1, 5, 9, 30), "2026-01-05 09:30:00"),
        (TimeField(), "09:30:00", time(9, 30), "09:30:00"),
        (UUIDField(), NUMBER, UUID(NUMBER), NUMBER),
        (BlobField(), b"\x00\xff", memoryview(b"\x00\xff"), {"base64": "AP8="}),
        (TextField(), "1e5", "1e5", "1e5"),
    ],
)
def test_both_engines_have_one_line(field, sqlite, postgresql, line):
    assert to_line(field, sqlite) == to_line(field, postgresql) == line
    assert type(to_line(field, sqlite)) is type(line)
    back = from_line(field, line, for_sqlite=True)
    assert back == sqlite or str(back) == str(sqlite)
    assert type(from_line(field, line, for_sqlite=False)) in (type(postgresql), str, bytes)
