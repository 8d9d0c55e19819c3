"""The verbs: on a row they do what they say, on the class they stay Peewee's."""

import pytest
from peewee import DoesNotExist, ModelDelete, ModelUpdate

from models.post import Post
from models.shared.database import database
from models.shared.row_checks import Invalid, check_row
from models.user import User

pytestmark = pytest.mark.usefixtures("tables")


@pytest.fixture
def ada(tables):
    return User.create(name="Ada Lovelace", uid="ada", dob="1815-12-10")


def test_a_row_is_created_by_its_class():
    assert User.create(name="Ada Lovelace", uid="ada").id == User.get(uid="ada").id


def test_a_row_creates_itself():
    assert User(name="Ada Lovelace", uid="ada").create().id == User.get(uid="ada").id


def test_every_problem_of_a_row_comes_at_once():
    with pytest.raises(Invalid) as refusal:
        User.create(name="x" * 256, uid="a b", dob="soon", role="king", password="short")
    assert refusal.value.problems == {
        "name": "must have at most 255 characters",
        "uid": "may only have the letters a to z, digits, dots, underscores and hyphens",
        "dob": "must be a date like 2008-04-05",
        "role": "must be one of user, admin",
        "password": "must have at least 8 characters",
    }
    assert User.select().count() == 0


def test_a_name_that_is_no_field_is_refused():
    with pytest.raises(Invalid, match="age is not a field"):
        User(name="Ada Lovelace", uid="ada", age=3)


def test_no_attribute_of_the_class_can_be_replaced_through_a_row():
    with pytest.raises(Invalid):
        User(name="Ada Lovelace", uid="ada", delete="no")


def test_update_changes_the_named_values_of_this_row_only(ada):
    User.create(name="Grace Hopper", uid="hop")
    ada.update(name="Ada King")
    assert [user.name for user in User.select().order_by(User.id)] == ["Ada King", "Grace Hopper"]
    assert User.get(uid="ada").dob.isoformat() == "1815-12-10"


def test_a_refused_update_changes_neither_table_nor_row(ada):
    with pytest.raises(Invalid, match="dob must be a date"):
        ada.update(name="Ada King", dob="soon")
    assert (ada.name, User.get(uid="ada").name) == ("Ada Lovelace", "Ada Lovelace")
    assert not ada.is_dirty()


def test_an_update_with_an_unknown_name_is_refused(ada):
    with pytest.raises(Invalid, match="age is not a field"):
        ada.update(age=3)


def test_a_refused_password_is_forgotten_with_the_update_it_came_in(ada):
    ada.update(password="correct horse")
    for changes in ({"password": "battery staple", "name": ""}, {"password": "short"}):
        with pytest.raises(Invalid):
            ada.update(**changes)
        ada.update(dob="1815-12-11")
        assert User.get(uid="ada").check_password("correct horse")


def test_a_row_that_was_refused_can_be_mended_and_created(tables):
    user = User(name="", uid="ada", password="correct horse")
    with pytest.raises(Invalid):
        user.create()
    user.name = "Ada Lovelace"
    assert user.create().check_password("correct horse")


@pytest.mark.parametrize("value", [2, "x", None])
def test_nobody_chooses_an_id(ada, value):
    grace = User.create(name="Grace Hopper", uid="hop")
    with pytest.raises(Invalid, match="id is given by the database"):
        ada.update(id=value, name="Mallory")
    with pytest.raises(Invalid, match="id is given by the database"):
        User.create(id=value, name="Mallory", uid="mallory")
    assert [user.name for user in User.select()] == ["Ada Lovelace", grace.name]


def test_an_update_of_nothing_is_fine(ada):
    assert ada.update() is ada


def test_updating_a_row_that_is_gone_says_so(ada):
    User.delete().execute()
    with pytest.raises(DoesNotExist):
        ada.update(name="Ada King")


def test_delete_takes_this_row_only(ada):
    User.create(name="Grace Hopper", uid="hop")
    ada.delete()
    assert [user.uid for user in User.select()] == ["hop"]


def test_deleting_a_row_that_is_gone_says_so(ada):
    ada.delete()
    with pytest.raises(DoesNotExist):
        ada.delete()


def test_a_unique_value_is_refused_however_it_is_written(ada):
    with pytest.raises(Invalid, match="uid is already taken"):
        User.create(name="Another Ada", uid="ADA")


def test_a_row_may_keep_its_own_unique_value(ada):
    ada.update(uid="ada", name="Ada King")
    assert User.get(uid="ada").name == "Ada King"


def test_a_row_that_comes_in_between_check_and_write_is_a_problem_too(ada):
    """As when two people sign up at once: the check of one runs before the write of the other."""
    late = User(name="Another Ada", uid="late")
    check_row(late, User._meta.sorted_fields)
    late.uid = "ada"
    with pytest.raises(Invalid, match="uid is already taken"):
        late.write(is_new=True)


def test_a_row_that_refers_to_nobody_is_refused():
    with pytest.raises(Invalid, match="user does not exist"):
        Post.create(user=99, note="Hello")


@pytest.mark.parametrize("user", [True, "me", 1.5, [1], 2**64])
def test_a_reference_must_be_a_whole_number(ada, user):
    with pytest.raises(Invalid, match="user must be a whole number"):
        Post.create(userID=user, note="Hello")


def test_an_id_is_never_given_again(ada):
    ada.delete()
    assert User.create(name="Grace Hopper", uid="hop").id > ada.id


def test_the_class_keeps_peewees_queries_on_many_rows(ada):
    assert isinstance(User.update(name="x"), ModelUpdate)
    assert isinstance(User.delete(), ModelDelete)
    assert User.update({User.name: "Everyone"}).execute() == 1
    assert User.delete().where(User.uid == "ada").execute() == 1


def test_get_or_create_gets_then_creates(ada):
    assert User.get_or_create(uid="ada", defaults={"name": "x"}) == (ada, False)
    hop, is_new = User.get_or_create(uid="hop", defaults={"name": "Grace Hopper"})
    assert (hop.name, is_new) == ("Grace Hopper", True)


def test_save_inserts_then_updates():
    user = User(name="Ada Lovelace", uid="ada")
    assert user.save() == 1
    user.name = "Ada King"
    assert user.save() == 1
    user.name, user.uid = "Nobody", "nobody"
    assert user.save(only=[User.name]) == 1
    assert [(each.name, each.uid) for each in User.select()] == [("Nobody", "ada")]


def test_bulk_update_set_by_id_and_delete_by_id_work(ada):
    ada.name = "Ada King"
    assert User.bulk_update([ada], [User.name]) == 1
    User.set_by_id(ada.id, {"name": "Countess"})
    assert User.get_by_id(ada.id).name == "Countess"
    assert User.delete_by_id(ada.id) == 1


def test_delete_instance_and_backrefs_work(ada):
    Post.create(user=ada, note="Hello")
    assert [post.note for post in ada.posts] == ["Hello"]
    assert ada.delete_instance(recursive=True) == 1
    assert Post.select().count() == 0


def test_the_database_is_opened_as_it_should_be():
    pragmas = ("journal_mode", "foreign_keys", "synchronous", "busy_timeout")
    assert [database.pragma(name) for name in pragmas] == ["wal", 1, 2, 3000]
    assert database.obj._lock_type == "IMMEDIATE"


def test_a_rule_that_reads_a_row_which_is_not_there_hides_no_problem(monkeypatch):
    monkeypatch.setattr(Post, "problems", lambda self: iter([("note", self.user.name)]))
    for user in (None, 99):
        with pytest.raises(Invalid, match=r"^user "):
            Post.create(note="Hello", user=user)
