"""Pages of a list: each row once, in order, whatever is asked."""

import json
import unicodedata
from base64 import urlsafe_b64encode
from datetime import date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playhouse.test_utils import assert_query_count

from models.post import Post
from models.shared.database import database
from models.shared.listing import page_of
from models.shared.row_checks import Invalid
from models.user import User

pytestmark = pytest.mark.usefixtures("tables")

SORTS = [f"{sign}{name}" for name in User.sorts for sign in ("", "-")]
# As a reader looks for them; those in a row are alike.
IN_ORDER = (
    ("Ada", "ADA", "Áda", "A\u0308da"),
    ("bo", "Bo", "Bø"),
    ("de la Cruz", "De la cruz"),
    ("Đỗ", "do", "Dō"),
    ("émile", "Emile", "Émile"),
    ("Łukasz", "lukasz"),
    ("Lynn",),
    ("Nguyễn", "nguyen"),
    ("O'Neil", "O’Neil", "oʼneil"),
    ("Strasse", "Straße"),
    ("van Gogh", "Van Gogh"),
    ("Zoë",),
    ("Ёлка", "елка"),
    ("李四",),
)
RANKS = {name: rank for rank, names in enumerate(IN_ORDER) for name in names}
people = st.lists(
    st.tuples(
        st.sampled_from(sorted(RANKS)),
        st.none() | st.dates(date(10, 1, 1), date(12, 1, 1)),
    ),
    max_size=12,
)


def in_order(users, sort):
    ranks = {unicodedata.normalize("NFC", each): rank for each, rank in RANKS.items()}
    name, is_down = sort.removeprefix("-"), sort.startswith("-")
    key = lambda user: (ranks[user.name] if name == "name" else getattr(user, name), user.id)  # noqa: E731
    with_value = [user for user in users if getattr(user, name) is not None]
    without = [user for user in users if getattr(user, name) is None]
    in_id_order = sorted(without, key=lambda user: user.id, reverse=is_down)
    return sorted(with_value, key=key, reverse=is_down) + in_id_order


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(people, st.sampled_from(SORTS), st.integers(1, 5))
def test_walking_all_pages_there_and_back_meets_each_row_once_in_order(rows, sort, limit):
    with database.atomic() as transaction:
        users = [User.create(name=name, uid=f"u{i}", dob=dob) for i, (name, dob) in enumerate(rows)]
        wanted = [user.id for user in in_order(users, sort)]
        pages = [page_of(User.select(), sort=sort, limit=limit)]
        while pages[-1].next:
            pages.append(page_of(User.select(), sort=sort, limit=limit, after=pages[-1].next))
        assert [user.id for page in pages for user in page.rows] == wanted
        assert {page.total for page in pages} == {len(wanted)}
        back = [pages[-1]]
        while back[-1].previous:
            back.append(page_of(User.select(), sort=sort, limit=limit, before=back[-1].previous))
        assert [[user.id for user in page.rows] for page in reversed(back)] == [
            [user.id for user in page.rows] for page in pages
        ]
        transaction.rollback()


@pytest.fixture
def users(tables):
    names = [("Ada Lovelace", "ada"), ("Grace Hopper", "hop"), ("Zoë Été", "zoe_1"), ("Per Cent", "per.cent")]
    return [User.create(name=name, uid=uid) for name, uid in names]


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("lov", ["ada"]),
        ("HOP", ["hop"]),
        ("zoe_", ["zoe_1"]),
        ("e", ["ada", "hop", "zoe_1", "per.cent"]),
        ("%", []),
        ("_", ["zoe_1"]),
        ("\\", []),
        ("'", []),
        ("Été", ["zoe_1"]),
        (" Zoe\u0308 ", ["zoe_1"]),
    ],
)
def test_a_search_finds_parts_of_names_and_uids_and_knows_no_wildcards(users, search, found):
    page = page_of(User.select(), search=search)
    assert [user.uid for user in page.rows] == found
    assert page.total == len(found)


def test_a_filter_asks_for_the_whole_value(users):
    assert [user.uid for user in page_of(User.select(), name="Grace Hopper").rows] == ["hop"]
    assert page_of(User.select(), name="Grace").total == 0
    assert page_of(User.select(), uid="ADA").total == 1
    assert page_of(User.select(), role="admin").total == 0


def test_a_row_that_is_deleted_between_two_pages_does_not_lose_the_place(users):
    first = page_of(User.select(), limit=2)
    users[1].delete()
    assert [user.uid for user in page_of(User.select(), limit=2, after=first.next).rows] == ["zoe_1", "per.cent"]


@pytest.mark.parametrize("sort", ["id", "dob"])
def test_a_page_takes_at_most_three_queries(users, sort):
    with assert_query_count({"id": 2, "dob": 3}[sort]):
        page_of(User.select(), sort=sort, limit=2)


@pytest.mark.parametrize("asked", [{"sort": "name"}, {"search": "a"}, {"search": "a", "sort": "-uid"}])
def test_texts_take_one_query_more_as_somebody_may_have_typed_some(users, asked):
    with assert_query_count(3):
        page_of(User.select(), limit=1, **asked)


def place(*parts):
    return urlsafe_b64encode(json.dumps(parts).encode()).decode()


@pytest.mark.parametrize(
    ("parameters", "problems"),
    [
        ({"limit": "0"}, {"limit": "must be a whole number from 1 to 100"}),
        ({"limit": "-1"}, {"limit": "must be a whole number from 1 to 100"}),
        ({"limit": "x"}, {"limit": "must be a whole number from 1 to 100"}),
        ({"limit": ""}, {"limit": "must be a whole number from 1 to 100"}),
        ({"limit": "1000"}, {"limit": "must be a whole number from 1 to 100"}),
        ({"limit": "٣"}, {"limit": "must be a whole number from 1 to 100"}),
        ({"sort": "age"}, {"sort": "must be one of id, -id, name, -name, uid, -uid, dob, -dob"}),
        ({"sort": "--id"}, {"sort": "must be one of id, -id, name, -name, uid, -uid, dob, -dob"}),
        ({"colour": "red"}, {"colour": "is not a field"}),
        ({"password_hash": "x"}, {"password_hash": "is not a field"}),
        ({"name": "a\x00"}, {"name": "must not have control characters"}),
        ({"query": "x"}, {"query": "is not a field"}),
        ({"role": "king"}, {"role": "must be one of user, admin"}),
        ({"name": ""}, {"name": "is required"}),
        ({"search": "x" * 101}, {"search": "must have at most 100 characters"}),
        ({"search": "\x00"}, {"search": "must not have control characters"}),
        ({"after": "x"}, {"after": "is not a place in this list"}),
        ({"after": "é"}, {"after": "is not a place in this list"}),
        ({"before": "!!!"}, {"before": "is not a place in this list"}),
        ({"after": place("id", 1)}, {"after": "is not a place in this list"}),
        ({"after": place("name", "Ada", 1)}, {"after": "is not a place in this list"}),
        ({"after": place("id", 1, True)}, {"after": "is not a place in this list"}),
        ({"after": place("id", 1, "1")}, {"after": "is not a place in this list"}),
        ({"after": place("id", None, 1)}, {"after": "is not a place in this list"}),
        ({"after": place("id", 1, 2**64)}, {"after": "is not a place in this list"}),
        ({"after": place("id", "", 1)}, {"after": "is not a place in this list"}),
        ({"after": place("dob", "", 1), "sort": "dob"}, {"after": "is not a place in this list"}),
        ({"before": place("dob", 5, 1), "sort": "dob"}, {"before": "is not a place in this list"}),
        ({"after": place("name", 5, 1), "sort": "name"}, {"after": "is not a place in this list"}),
        ({"after": place("name")}, {"after": "is not a place in this list"}),
        ({"after": place("dob", "soon", 1), "sort": "dob"}, {"after": "is not a place in this list"}),
        ({"after": place("name", [[]], 1), "sort": "name"}, {"after": "is not a place in this list"}),
        ({"after": place("name", "\ud800", 1), "sort": "name"}, {"after": "is not a place in this list"}),
        ({"after": urlsafe_b64encode(b"[" * 50_000).decode()}, {"after": "is not a place in this list"}),
        ({"after": place("id", 1, 1), "before": place("id", 1, 1)}, {"before": "cannot go with after"}),
    ],
)
def test_what_makes_no_sense_is_refused_with_its_name(parameters, problems):
    with pytest.raises(Invalid) as refusal:
        page_of(User.select(), **parameters)
    assert refusal.value.problems == problems


def test_posts_are_listed_from_the_newest_and_filtered_by_user(users):
    for user in users[:2]:
        Post.create(user=user, note=f"By {user.uid}")
    assert [post.note for post in page_of(Post.with_user()).rows] == ["By hop", "By ada"]
    assert [post.note for post in page_of(Post.with_user(), user=str(users[0].id)).rows] == ["By ada"]
    assert [post.note for post in page_of(Post.with_user(), search="hop").rows] == ["By hop"]


def test_a_place_at_the_end_of_time_is_none(users):
    for time in ("", "0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59"):
        with pytest.raises(Invalid, match="after is not a place in this list"):
            page_of(Post.with_user(), sort="created", after=place("created", time, 1))


def test_a_page_beyond_the_last_row_is_empty(users):
    page = page_of(User.select(), after=place("id", 999, 999))
    assert (page.rows, page.total, page.next, page.previous) == ([], 4, None, None)


# Where a page stands in the whole.


def stands(page):
    """The numbers of the first and the last row, where they are known, and of all."""
    return page.first, page.first and page.first + len(page.rows) - 1, page.total


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(people, st.sampled_from(SORTS), st.integers(1, 5))
def test_each_page_says_where_it_stands_whichever_end_one_comes_from(rows, sort, limit):
    with database.atomic() as transaction:
        for number, (name, dob) in enumerate(rows):
            User.create(name=name, uid=f"u{number}", dob=dob)
        count = len(rows)
        wanted = [(start + 1, min(start + limit, count), count) for start in range(0, count, limit)]
        pages = [page_of(User.select(), sort=sort, limit=limit)]
        while pages[-1].next:
            pages.append(page_of(User.select(), sort=sort, limit=limit, after=pages[-1].next))
        back = [page_of(User.select(), sort=sort, limit=limit, before="end")]
        while back[-1].previous:
            back.append(page_of(User.select(), sort=sort, limit=limit, before=back[-1].previous))
        assert [stands(page) for page in pages] == (wanted or [(None, None, 0)])
        assert [(page.rows, stands(page)) for page in reversed(back)] == [(page.rows, stands(page)) for page in pages]
        assert (back[0].next, back[-1].previous) == (None, None)
        transaction.rollback()


@pytest.mark.parametrize("number", [(), (0,), (3,), (5,), (10**30,)], ids=str)
def test_a_place_that_came_from_nowhere_does_not_say_where_it_stands(users, number):
    page = page_of(User.select(), limit=2, after=place(*number, "id", 1, 1))
    assert (stands(page), [user.id for user in page.rows]) == ((None, None, 4), [2, 3])
    page = page_of(User.select(), limit=2, after=page.next)
    assert stands(page) == (4, 4, 4)  # the end is certain


@pytest.mark.parametrize("number", [True, "1", 1.5, None, [1]])
def test_a_number_of_a_place_that_is_none_is_refused(users, number):
    with pytest.raises(Invalid, match="after is not a place in this list"):
        page_of(User.select(), after=place(number, "id", 1, 1))


def test_rows_that_others_add_and_delete_lead_to_no_number_that_cannot_be(users):
    second = page_of(User.select(), limit=2, sort="-id", after=page_of(User.select(), limit=2, sort="-id").next)
    assert stands(second) == (3, 4, 4)
    User.create(name="New One", uid="new")
    before = page_of(User.select(), limit=2, sort="-id", before=second.previous)
    assert (stands(before), [user.uid for user in before.rows]) == ((None, None, 5), ["per.cent", "zoe_1"])
    assert stands(page_of(User.select(), limit=2, sort="-id", before=before.previous)) == (1, 1, 5)


def test_the_last_page_of_a_search_has_its_rest(users):
    last = page_of(User.select(), search="e", limit=3, before="end")
    assert ([user.uid for user in last.rows], stands(last)) == (["per.cent"], (4, 4, 4))
    assert page_of(User.select(), search="nobody", before="end").rows == []


def test_the_last_page_takes_as_many_queries_as_the_first(users):
    with assert_query_count(2):
        page_of(User.select(), limit=3, before="end")


# From … to.


@pytest.fixture
def born(tables):
    days = (date(1900, 1, 1), date(1950, 6, 15), None, date(2000, 12, 31))
    return [User.create(name=f"User {number}", uid=f"u{number}", dob=dob) for number, dob in enumerate(days)]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"dob_from": "1950-06-15"}, ["u1", "u3"]),
        ({"dob_to": "1950-06-15"}, ["u0", "u1"]),
        ({"dob_from": "1900-01-02", "dob_to": "1999-01-01"}, ["u1"]),
        ({"dob_from": "2000-01-01", "dob_to": "1900-01-01"}, []),
        ({"dob_from": "1900-01-01", "search": "user 3"}, ["u3"]),
        ({"dob_from": "1900-01-01", "uid": "u1"}, ["u1"]),
    ],
)
def test_a_list_is_asked_from_one_value_to_another_both_included(born, asked, found):
    page = page_of(User.select(), **asked)
    assert ([user.uid for user in page.rows], page.total) == (found, len(found))


def test_a_day_of_a_time_reaches_to_its_end(users):
    for hour in ("2026-01-05T00:00:00", "2026-01-05T23:59:59", "2026-01-06T00:00:00"):
        Post.create(user=users[0], note=hour, created=datetime.fromisoformat(hour))

    def found(**asked):
        return [post.note[8:13] for post in page_of(Post.with_user(), sort="created", **asked).rows]

    assert found(created_from="2026-01-05", created_to="2026-01-05") == ["05T00", "05T23"]
    assert found(created_from="2026-01-06") == ["06T00"]
    assert found(created_to="2026-01-05T12:00:00Z") == ["05T00"]


@pytest.mark.parametrize(
    ("asked", "problems"),
    [
        (
            {"dob_from": "soon", "role": "king"},
            {"dob_from": "must be a date like 2008-04-05", "role": "must be one of user, admin"},
        ),
        ({"dob_to": ""}, {"dob_to": "is required"}),
        ({"name_from": "a"}, {"name_from": "is not a field"}),
        ({"id_from": "1"}, {"id_from": "is not a field"}),
    ],
)
def test_what_no_row_can_have_is_refused_each_by_its_name(users, asked, problems):
    with pytest.raises(Invalid) as refusal:
        page_of(User.select(), **asked)
    assert refusal.value.problems == problems
