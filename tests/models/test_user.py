"""Users: their rules, their age, their password, and what others see of them."""

import re
import subprocess
import sys
import unicodedata
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playhouse.test_utils import assert_query_count

from models.post import Post, init_posts
from models.shared import passwords
from models.shared.database import database
from models.shared.related import with_newest
from models.shared.row_checks import Invalid
from models.shared.text import BLANKS, ENDS
from models.user import User, init_users, sample_users

pytestmark = pytest.mark.usefixtures("tables")
in_one_table = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.mark.parametrize(
    ("dob", "day", "age"),
    [
        (date(2008, 4, 5), date(2026, 4, 4), 17),
        (date(2008, 4, 5), date(2026, 4, 5), 18),
        (date(2008, 2, 29), date(2026, 2, 28), 17),
        (date(2008, 2, 29), date(2026, 3, 1), 18),
        (date(2008, 2, 29), date(2028, 2, 29), 20),
        (date(10, 1, 1), date(2026, 1, 1), 2016),
        (date(2026, 1, 1), date(2026, 1, 1), 0),
        (None, date(2026, 1, 1), None),
    ],
)
def test_age_is_in_whole_years(dob, day, age):
    assert User(dob=dob).age_on(day) == age


def test_age_is_as_of_today():
    today = date.today()
    assert User(dob=today - timedelta(days=1)).age == 0
    assert User(dob=date(10, 1, 1)).age == today.year - 10


def test_nobody_is_born_tomorrow():
    User.create(name="Newborn", uid="new", dob=date.today())
    with pytest.raises(Invalid, match="dob must not be in the future"):
        User.create(name="Unborn", uid="un", dob=date.today() + timedelta(days=1))


def test_a_year_of_two_digits_comes_back_as_it_was():
    User.create(name="Fred Flintstone", uid="fred", dob="0010-01-01")
    assert User.get(uid="fred").read()["dob"] == "0010-01-01"
    assert database.execute_sql("select _dob from users").fetchone() == ("0010-01-01",)


def test_a_password_is_kept_as_a_scrypt_hash_only(monkeypatch):
    monkeypatch.setattr("models.shared.passwords.METHOD", "scrypt")
    user = User.create(name="Ada Lovelace", uid="ada", password="correct horse")
    assert user.password_hash.startswith("scrypt:32768:8:1$")
    assert user.check_password("correct horse")
    assert not user.check_password("wrong horse")
    (row,) = database.execute_sql("select * from users").fetchall()
    assert "correct horse" not in str(row) + str(vars(user))


def test_a_user_is_shown_by_name():
    assert str(User(name="Ada Lovelace")) == "Ada Lovelace"


def test_whoever_imports_users_alone_can_read_their_posts():
    script = "from models import User; print(User.posts)"
    subprocess.run([sys.executable, "-c", script], check=True, capture_output=True)


def test_a_password_cannot_be_read_back():
    user = User(name="Ada Lovelace", uid="ada", password="correct horse")
    with pytest.raises(AttributeError):
        _ = user.password


def test_without_a_password_nobody_can_log_in():
    user = User.create(name="Ada Lovelace", uid="ada")
    assert not user.check_password("")
    assert not user.check_password("None")


@pytest.mark.parametrize("text", ["\ud800" * 8, "x" * 257, ""])
def test_what_nobody_can_have_chosen_is_not_the_password(text):
    user = User.create(name="Ada Lovelace", uid="ada", password="????????")
    assert not user.check_password(text)


@pytest.mark.parametrize("kept", ["correct horse", "md5$x$y", "scrypt:1:1$x$y", "$$", ""])
def test_what_somebody_typed_in_place_of_a_hash_is_nobodys_password(kept):
    user = User.create(name="Ada Lovelace", uid="ada")
    User.update(password_hash=kept).where(User.id == user.id).execute()
    assert not User.get(uid="ada").check_password("correct horse")


def test_the_hash_for_nobody_is_made_like_all_others():
    module = Path(passwords.__file__).read_text()
    kept = "".join(re.findall(r'^    "(.*)"$', module.split("HASH_OF_NOTHING = (")[1].split(")")[0], re.MULTILINE))
    assert kept.startswith("scrypt:32768:8:1$")
    assert 'METHOD = "scrypt:32768:8:1"' in module


def test_the_same_password_typed_on_another_keyboard_is_the_same():
    user = User.create(name="Zoë", uid="zoe", password="motorhe\u0308ad")
    assert user.check_password("motorhëad")


@pytest.mark.parametrize(
    ("password", "message"),
    [
        ("seven77", "must have at least 8 characters"),
        ("x" * 257, "must have at most 256 characters"),
        (12345678, "must be text"),
        ("nul\x00nul\x00", "must not have control characters"),
        ("\ud800" * 8, "must not have control characters"),
    ],
)
def test_a_bad_password_is_refused(password, message):
    with pytest.raises(Invalid) as refusal:
        User.create(name="Ada Lovelace", uid="ada", password=password)
    assert refusal.value.problems == {"password": message}


def test_a_blank_password_keeps_the_old_one_and_a_blank_date_clears_it():
    user = User.create(name="Ada Lovelace", uid="ada", password="correct horse", dob="1815-12-10")
    user.update(**User.from_form({"password": "", "dob": ""}))
    again = User.get(uid="ada")
    assert again.check_password("correct horse")
    assert again.dob is None


def test_a_changed_password_replaces_the_old_one():
    User.create(name="Ada Lovelace", uid="ada", password="correct horse").update(password="battery staple")
    again = User.get(uid="ada")
    assert again.check_password("battery staple")
    assert not again.check_password("correct horse")


def test_what_is_read_has_no_password_in_it():
    user = User.create(name="Ada Lovelace", uid="ada", password="correct horse")
    assert list(user.read()) == ["id", "name", "uid", "role", "dob", "age", "image", "posts", "posts_total"]


def test_a_user_comes_with_the_newest_ten_posts_and_their_number():
    user = User.create(name="Ada Lovelace", uid="ada")
    for number in range(12):
        Post.create(user=user, note=f"Note {number}")
    read = User.get(uid="ada").read()
    assert [post["note"] for post in read["posts"]] == [f"Note {number}" for number in range(11, 1, -1)]
    assert read["posts_total"] == 12


@pytest.mark.parametrize("count", [1, 10])
def test_a_list_of_users_takes_two_queries_whatever_its_length(count):
    init_users(sample_users(lesson=False))
    init_posts({})
    with assert_query_count(2):
        users = [user.read() for user in with_newest(User).order_by(User.id).limit(count)]
    assert users == [User.get_by_id(number).read() for number in range(1, count + 1)]


def test_the_sample_users_are_those_of_the_lesson():
    init_users(sample_users(lesson=True))
    rows = database.execute_sql("select id, _name, _uid, _dob from users").fetchall()
    assert rows[0] == (1, "Thomas Edison", "toby", "1847-02-11")
    assert rows[6] == (7, "Hedy Lamarr", "heddy", "1914-11-09")
    assert [row[2] for row in rows] == "toby niko lex whit hop hedy heddy marie wilma fred".split()
    assert [user.uid for user in User.select().where(User.role == "admin")] == ["toby"]
    assert all(user.check_password("123" + user.uid) for user in User.select())


def test_locked_sample_users_have_no_password():
    init_users(sample_users(lesson=False))
    assert User.select().where(User.password_hash.is_null(False)).count() == 0


def created(**values):
    """The new user as the table has it, or the names of the values that were refused."""
    try:
        return User.get_by_id(User.create(**values).id)
    except Invalid as refusal:
        return list(refusal.problems)


@in_one_table
@given(st.text(max_size=300))
def test_any_name_is_refused_or_kept_and_found(name):
    with database.atomic() as transaction:
        user = created(name=name, uid="somebody")
        if user != ["name"]:
            assert user.name == unicodedata.normalize("NFC", BLANKS.sub(" ", name.strip(ENDS)))
            assert 1 <= len(user.name) <= 255
            assert user.name == " ".join(user.name.split())
            assert User.get(name=user.name) == user
        transaction.rollback()


@in_one_table
@given(st.text(alphabet="aZ09._- é\x00\u202e", max_size=70))
def test_any_uid_is_refused_or_kept_in_small_letters(uid):
    with database.atomic() as transaction:
        user = created(name="Somebody", uid=uid)
        if user != ["uid"]:
            assert user.uid == uid.strip().lower()
            assert set(user.uid) <= set("az09._-")
        transaction.rollback()


@in_one_table
@given(st.dates(max_value=date.today()))
def test_any_day_up_to_today_comes_back_as_it_was(dob):
    with database.atomic() as transaction:
        user = User.create(name="Somebody", uid="somebody", dob=dob.isoformat())
        assert User.get_by_id(user.id).dob == dob
        transaction.rollback()
