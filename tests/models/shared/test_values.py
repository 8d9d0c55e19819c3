"""What a column accepts and in what form it keeps it; and what the text of a form means for it."""

import math
import re
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from uuid import UUID

import pytest
from peewee import (
    AnyField,
    BigIntegerField,
    BooleanField,
    CharField,
    DateField,
    DateTimeField,
    DecimalField,
    FloatField,
    IntegerField,
    SmallIntegerField,
    UUIDField,
)
from peewee import TextField as PlainTextField

from models.shared.fields import LineField, TextField
from models.shared.passwords import PasswordField
from models.shared.values import accepted, from_form

NAME = LineField(min_length=2, max_length=10)
NOTE = TextField(max_length=20)
DOB = DateField(null=True)
TIME = DateTimeField()
PRICE = DecimalField(max_digits=6, decimal_places=2)
UID = LineField(min_length=2, max_length=5, lower=True, pattern="[a-z]+", allows="the letters a to z")
ROLE = CharField(null=True, choices=[("user", "User")])
PASSWORD = PasswordField(min_length=8)
UUID_TEXT = "0b8a1d3e-5f0c-4a53-9d55-6f2f1c1f7a10"


@pytest.mark.parametrize(
    ("field", "value", "kept"),
    [
        (NAME, "  Ada  ", "Ada"),
        (UID, "ada", "ada"),
        (UID, "ADA", "ada"),
        (LineField(max_length=5, null=True), "", None),
        (LineField(max_length=5, null=True), " ", None),
        (ROLE, "user", "user"),
        (IntegerField(), 42, 42),
        (FloatField(), 1500.0, 1500.0),
        (PASSWORD, " correct horse ", " correct horse "),
        (NAME, "Zoe\u0308", "Zoë"),
        (NAME, "ệ" * 10, "ệ" * 10),
        (NAME, "李小龍", "李小龍"),
        (NAME, "a\u200db", "a\u200db"),
        (NAME, "\ufeffAda", "Ada"),
        (NAME, "\u200b Ada\u2060\u00ad \u200e", "Ada"),
        (NAME, "Ada\u3000\u00a0 \t L", "Ada L"),
        (NAME, "\u2800Ada\u2800L", "Ada L"),
        (NAME, "🏴\U000e0067\U000e007f", "🏴\U000e0067\U000e007f"),
        (NOTE, "\ufeff one\n  two\u00a0! \u200b\n", "one\n  two\u00a0!"),
        (LineField(lower=True), "ADA", "ada"),
        (NOTE, "one\r\ntwo\rthree\n\tfour", "one\ntwo\nthree\n\tfour"),
        (DOB, "0010-01-01", date(10, 1, 1)),
        (DOB, date(2008, 2, 29), date(2008, 2, 29)),
        (DOB, None, None),
        (TIME, "2008-04-05T16:30:00Z", datetime(2008, 4, 5, 16, 30)),
        (TIME, datetime(2008, 4, 5, 16, 30, tzinfo=timezone(timedelta(hours=2))), datetime(2008, 4, 5, 14, 30)),
        (TIME, datetime(2008, 4, 5, 16, 30, tzinfo=UTC), datetime(2008, 4, 5, 16, 30)),
        (IntegerField(), -7, -7),
        (BigIntegerField(), 2**40, 2**40),
        (FloatField(), 3, 3.0),
        (PRICE, "12.5", Decimal("12.50")),
        (PRICE, 0.1, Decimal("0.10")),
        (PRICE, -9999, Decimal("-9999.00")),
        (BooleanField(), False, False),
        (UUIDField(), UUID_TEXT.upper(), UUID(UUID_TEXT)),
        (CharField(default=""), " ", ""),
        (AnyField(), b"as it is", b"as it is"),
    ],
)
def test_a_good_value_is_kept_in_one_form(field, value, kept):
    assert accepted(field, value) == kept


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        (NAME, None, "is required"),
        (NAME, "", "is required"),
        (NAME, " \n ", "is required"),
        (NAME, "A", "must have at least 2 characters"),
        (NAME, "x" * 11, "must have at most 10 characters"),
        (NAME, 5, "must be text"),
        (NAME, True, "must be text"),
        (NAME, ["Ada"], "must be text"),
        (NAME, {"first": "Ada"}, "must be text"),
        (NAME, "Ada\x00", "must not have control characters"),
        (NAME, "Ada\x1b[31m", "must not have control characters"),
        (NAME, "Ada\nLov", "must not have control characters"),
        (NAME, "Ada\u2028L", "must not have control characters"),
        (NAME, "\u202eadA", "must not have control characters"),
        (NAME, "Ada\u2066", "must not have control characters"),
        (NAME, "\ud800Ada", "must not have control characters"),
        (NAME, "\u200b\u200b", "is required"),
        (NAME, "\ufeff \u00a0\u2800", "is required"),
        (NAME, "\u3164\u3164", "must have something that can be seen"),
        (NAME, "\u0301\u0301", "must have something that can be seen"),
        (LineField(max_length=40), "A" + "\u0301" * 31, "must have at most 30 accents on one letter"),
        (NAME, "A" + "\u0301" * 40, "must have at most 10 characters"),
        (NAME, "a" + "\u0301" * 40_000 + "\u0327" * 40_000, "must have at most 10 characters"),
        (NAME, "e\u0323\u0302" * 10, "must have at most 10 characters"),  # as it is sent
        (UID, " ada", "may only have the letters a to z"),
        (UID, " adas ", "must have at most 5 characters"),
        (UID, "", "is required"),
        (UID, 5, "must be text"),
        (LineField(min_length=2, null=True), "", "must have at least 2 characters"),
        (ROLE, " user ", "must be one of user"),
        (ROLE, "", "must be one of user"),
        (PASSWORD, "seven77", "must have at least 8 characters"),
        (DOB, "", "must be a date like 2008-04-05"),
        (DOB, " ", "must be a date like 2008-04-05"),
        (DOB, " 2008-04-05 ", "must be a date like 2008-04-05"),
        (IntegerField(), "42", "must be a whole number"),
        (IntegerField(null=True), "", "must be a whole number"),
        (FloatField(), "1.5e3", "must be a number"),
        (PRICE, " 1.5 ", "must be a number"),
        (BooleanField(), "false", "must be true or false"),
        (BooleanField(null=True), "", "must be true or false"),
        (TIME, "0001-01-01T00:00:00+23:59", "must be a time like 2008-04-05T16:30:00Z"),
        (NOTE, "one\x00two", "must not have control characters"),
        (NOTE, "x" * 21, "must have at most 20 characters"),
        (DOB, "20080405", "must be a date like 2008-04-05"),
        (DOB, "2008-W14-6", "must be a date like 2008-04-05"),
        (DOB, "2008-02-30", "must be a date like 2008-04-05"),
        (DOB, "٢٠٠٨-٠٤-٠٥", "must be a date like 2008-04-05"),
        (DOB, "0000-01-01", "must be a date like 2008-04-05"),
        (DOB, 20080405, "must be a date like 2008-04-05"),
        (DOB, datetime(2008, 4, 5), "must be a date like 2008-04-05"),
        (DOB, ["2008-04-05"], "must be a date like 2008-04-05"),
        (TIME, "noon", "must be a time like 2008-04-05T16:30:00Z"),
        (TIME, 12, "must be a time like 2008-04-05T16:30:00Z"),
        (IntegerField(), "many", "must be a whole number"),
        (IntegerField(), True, "must be a whole number"),
        (IntegerField(), 2**63, "must be a whole number from -2147483647 to 2147483647"),
        (IntegerField(), 1.0, "must be a whole number"),
        (SmallIntegerField(), 40_000, "must be a whole number from -32767 to 32767"),
        (FloatField(), "many", "must be a number"),
        (FloatField(), math.nan, "must be a number"),
        (FloatField(), -math.inf, "must be a number"),
        (FloatField(), "nan", "must be a number"),
        (FloatField(), "1e999", "must be a number"),
        (FloatField(), "1_000", "must be a number"),
        (FloatField(), "٣", "must be a number"),
        (FloatField(), True, "must be a number"),
        (PRICE, "Infinity", "must be a number"),
        (PRICE, math.nan, "must be a number"),
        (PRICE, "1.005", "must have at most 2 decimal places"),
        (PRICE, "1e-999", "must have at most 2 decimal places"),
        (PRICE, "10000", "must have at most 4 digits before the point"),
        (PRICE, "1e999", "must have at most 4 digits before the point"),
        (PRICE, 10**400, "must have at most 4 digits before the point"),
        (BooleanField(), "yes", "must be true or false"),
        (BooleanField(), 1, "must be true or false"),
        (BooleanField(), None, "is required"),
        (UUIDField(), "{" + UUID_TEXT + "}", f"must be a UUID like {UUID_TEXT}"),
        (UUIDField(), UUID_TEXT.replace("-", ""), f"must be a UUID like {UUID_TEXT}"),
        (CharField(default=""), None, "is required"),
        (PlainTextField(), "x" * 100_001, "must have at most 100,000 characters"),
    ],
)
def test_a_bad_value_is_refused_with_a_reason(field, value, message):
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        accepted(field, value)


@pytest.mark.parametrize(
    ("field", "text", "meant"),
    [
        (NAME, "  Ada  ", "Ada"),
        (NAME, "\ufeffAda\u00a0 L\u200b", "Ada L"),
        (NAME, "\ufeff", None),
        (NAME, "", None),
        (NAME, "e\u0323\u0302" * 10, "ệ" * 10),
        (NAME, "A" + "\u0301" * 31, "A" + "\u0301" * 31),
        (CharField(default=""), " ", ""),
        (NOTE, "one\r\ntwo ", "one\ntwo"),
        (DOB, " 2008-04-05 ", "2008-04-05"),
        (DOB, " ", None),
        (DOB, "soon", "soon"),
        (DOB, "\u0301" * 1_000_000, "\u0301" * 1_000_000),
        (IntegerField(), " 42 ", 42),
        (IntegerField(), "many", "many"),
        (IntegerField(), "٣", "٣"),
        (IntegerField(), "", None),
        (FloatField(), "1.5e3", 1500.0),
        (FloatField(), "1_000", "1_000"),
        (FloatField(), "nan", "nan"),
        (PRICE, " 12.5 ", "12.5"),
        (BooleanField(), "false", False),
        (BooleanField(), "True", True),
        (BooleanField(), "yes", "yes"),
        (BooleanField(null=True), "", None),
        (UUIDField(), f" {UUID_TEXT} ", UUID_TEXT),
        (PASSWORD, " as typed ", " as typed "),
        (PASSWORD, "", None),
    ],
)
def test_the_text_of_a_form_means_a_value_or_stays_for_the_column_to_refuse(field, text, meant):
    assert from_form({"it": field}, {"it": text}) == {"it": meant}


@pytest.mark.parametrize(
    ("field", "text", "message"),
    [
        (FloatField(), "1e999", "must be a number"),
        (FloatField(), "1_000", "must be a number"),
        (IntegerField(), "99999999999", "must be a whole number from -2147483647 to 2147483647"),
        (NAME, "A" + "\u0301" * 40, "must have at most 10 characters"),
        (NAME, "\u0301" * 1_000_000, "must have at most 10 characters"),
        (BooleanField(), "", "is required"),
    ],
)
def test_what_a_form_cannot_mean_is_refused_by_the_column(field, text, message):
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        accepted(field, from_form({"it": field}, {"it": text})["it"])
