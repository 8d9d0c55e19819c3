"""Groups: who is in them, who teaches whom."""

import pytest

from models.group import Group
from models.membership import Membership
from models.shared.row_checks import Invalid
from models.user import User

pytestmark = pytest.mark.usefixtures("tables")


@pytest.fixture
def people():
    """Nobody's yet, by their user ids."""
    return {uid: User.create(name=uid.title(), uid=uid) for uid in ("ada", "ben", "cleo", "dan")}


@pytest.fixture
def p3(people):
    """Ada teaches Ben and Cleo."""
    group = Group.create(name="P3")
    group.add(people["ada"], "teacher")
    group.add(people["cleo"])
    group.add(people["ben"])
    return group


def test_a_group_knows_its_people_and_its_teachers_by_their_names(p3):
    assert [each.uid for each in p3.people()] == ["ben", "cleo"]
    assert [each.uid for each in p3.teachers()] == ["ada"]


def test_who_is_in_it_is_not_added_again_and_keeps_their_role(p3, people):
    assert p3.add(people["dan"])
    assert not p3.add(people["dan"])
    assert not p3.add(people["ada"])
    assert [each.uid for each in p3.teachers()] == ["ada"]


def test_who_is_taken_out_is_not_in_it(p3, people):
    p3.remove(people["ben"])
    assert [each.uid for each in p3.people()] == ["cleo"]
    with pytest.raises(Membership.DoesNotExist):
        p3.remove(people["ben"])


def test_nobody_comes_into_a_group_that_is_gone(p3, people):
    Group.get_by_id(p3.id).delete()
    with pytest.raises((Group.DoesNotExist, Invalid)):
        p3.add(people["dan"])
    assert not Membership.select().exists()


def test_a_person_is_in_any_number_of_groups(p3, people):
    Group.create(name="A team").add(people["ben"])
    assert len(Membership.group_ids_of(people["ben"])) == 2
    assert Membership.group_ids_of(people["dan"]) == []


def test_a_teacher_teaches_the_members_of_their_groups_and_nobody_else(p3, people):
    Group.create(name="P4").add(people["dan"])
    assert Membership.teaches(people["ada"], people["ben"])
    for uid in ("ada", "dan"):
        assert not Membership.teaches(people["ada"], people[uid]), uid
    assert not Membership.teaches(people["ben"], people["cleo"])
    assert Membership.is_teacher(people["ada"])
    assert Membership.is_teacher(people["ada"], p3)
    assert not Membership.is_teacher(people["ben"])


def test_nobody_teaches_an_admin_or_who_teaches_elsewhere(p3, people):
    people["ben"].update(role="admin")
    Group.create(name="P4").add(people["cleo"], "teacher")
    assert not Membership.teaches(people["ada"], people["ben"])
    assert not Membership.teaches(people["ada"], people["cleo"])
