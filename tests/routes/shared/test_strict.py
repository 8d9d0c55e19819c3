"""What JSON means is taken as it is: nothing is trimmed, read out of text, or empty instead of null."""

import pytest
from peewee import CharField, DateField, IntegerField

from models.shared.fields import LineField
from routes.shared.strict import strict

UID = LineField(min_length=2, max_length=5, lower=True, pattern="[a-z]+", allows="the letters a to z")
ROLE = CharField(null=True, choices=[("user", "User")])


@pytest.mark.parametrize(
    ("field", "value"),
    [
        (UID, "ada"),
        (UID, "ADA"),
        (UID, ""),  # which the field itself says is required
        (UID, None),
        (UID, 5),  # which the field itself refuses
        (LineField(max_length=5, null=True), ""),
        (LineField(max_length=5), " ada "),
        (DateField(), "2008-04-05"),
        (IntegerField(), 42),
        (ROLE, "user"),
    ],
)
def test_what_json_means_is_left_to_the_field(field, value):
    assert strict(field, value) == value


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        (UID, " ada", "may only have the letters a to z"),
        (UID, " adas ", "must have at most 5 characters"),
        (LineField(min_length=2, null=True), "", "must have at least 2 characters"),
        (ROLE, " user ", "must be one of user"),
        (ROLE, "", "must be one of user"),
        (DateField(null=True), "", "must be a date like 2008-04-05"),
        (DateField(null=True), " 2008-04-05 ", "must be a date like 2008-04-05"),
        (IntegerField(), "42", "must be a whole number"),
    ],
)
def test_what_only_a_form_may_send_becomes_its_reason(field, value, message):
    reason = strict(field, value)
    assert isinstance(reason, ValueError)
    assert str(reason) == message


def test_every_reason_is_told_at_once(visitor):
    sent = {"name": "A", "uid": "toby", "password": "", "dob": ""}
    assert visitor.post_json("/api/users", sent, status=422).json["problems"] == {
        "name": "must have at least 2 characters",
        "uid": "is already taken",
        "password": "must have at least 8 characters",
        "dob": "must be a date like 2008-04-05",
    }


def test_a_form_is_read_leniently(visitor):
    values = {"name": " Ada Lovelace ", "uid": " Ada ", "password": "", "dob": ""}
    visitor.post("/users", values, status=303)
    ada = visitor.get("/api/users/11").json
    assert (ada["name"], ada["uid"], ada["dob"]) == ("Ada Lovelace", "ada", None)


def test_null_clears_and_empty_text_does_not(member):
    member.patch_json("/api/users/2", {"dob": ""}, status=422)
    assert member.patch_json("/api/users/2", {"dob": None}, status=200).json["dob"] is None


def test_an_order_that_is_empty_is_none_of_those_there_are(visitor):
    assert "must be one of" in visitor.get("/api/users?sort=", status=422).json["problems"]["sort"]
    visitor.get("/users?sort=&search=", status=200)
