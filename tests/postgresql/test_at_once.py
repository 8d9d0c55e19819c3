"""What one reads while another one writes: each check is still true when its row is written."""

import threading
from functools import partial

import pytest

from models.attempt import MOST_PER_USER, Attempt
from models.draft import Draft
from models.group import Group
from models.joining import Joining
from models.known_browser import KnownBrowser
from models.post import Post
from models.session import Session
from models.shared.counted import TooManyAttempts
from models.shared.database import database
from models.shared.picture_rows import all_files
from models.shared.row_checks import Invalid
from models.shared.waiting import Busy
from models.slip import Slip
from models.user import User
from tests.drawn import gif, png
from tests.postgresql.test_postgresql import _empty_database, visitor  # noqa: F401 - fixtures

NIKO, OTHER = "battery staple", "correct horse"


@pytest.fixture(autouse=True)
def _site(visitor):  # noqa: F811
    pass


def in_the_middle(first, second):
    """Before the transaction of `first` ends, `second` comes to its own end or to where it waits; what it raises."""
    raised = []

    def other():
        with database.connection_context():
            try:
                second()
            except (Busy, TooManyAttempts) as error:
                raised.append(type(error))

    with database.connection_context():
        with database.atomic():
            first()
            thread = threading.Thread(target=other)
            thread.start()
            while thread.is_alive() and not is_somebody_waiting():
                thread.join(0.01)
        thread.join()
    return raised


def is_somebody_waiting():
    return bool(database.execute_sql("SELECT 1 FROM pg_locks WHERE NOT granted").fetchall())


@pytest.fixture
def niko():
    """Call it for user 2 as one more request reads him."""

    def read():
        with database.connection_context():
            return User.get_by_id(2)

    return read


def logins():
    with database.connection_context():
        return [session.label for session in Session.select().where(Session.user == 2).order_by(Session.id)]


def start(user, label, **more):
    return Session.start(user, "script", label, **more)[0]


def test_a_login_with_the_old_password_does_not_outlive_its_change(niko):
    guessed, owner = niko(), niko()
    assert in_the_middle(lambda: start(guessed, "thief"), lambda: owner.update(password=NIKO)) == []
    assert logins() == []


def test_a_login_comes_too_late_for_a_password_that_is_being_changed(niko):
    guessed, owner = niko(), niko()
    assert in_the_middle(lambda: owner.update(password=NIKO), lambda: start(guessed, "thief")) == [Busy]
    assert logins() == []


@pytest.fixture
def two_logins(niko):
    with database.connection_context():
        return start(niko(), "mine"), start(niko(), "thief")


def test_a_token_does_not_outlive_the_login_that_asked_for_it(niko, two_logins):
    mine, thief = two_logins
    user, owner = niko(), niko()
    raised = in_the_middle(lambda: start(user, "token", asked_by=thief), lambda: owner.end_sessions(but=mine))
    assert (raised, logins()) == ([], ["mine"])


def test_a_login_that_is_being_ended_makes_no_token(niko, two_logins):
    mine, thief = two_logins
    user, owner = niko(), niko()
    raised = in_the_middle(lambda: owner.end_sessions(but=mine), lambda: start(user, "token", asked_by=thief))
    assert (raised, logins()) == ([Busy], ["mine"])


def test_of_two_new_passwords_for_one_old_the_first_counts(niko):
    first, second = niko(), niko()
    raised = in_the_middle(lambda: first.update(password=NIKO), lambda: second.update(password=OTHER))
    assert raised == [Busy]
    assert niko().check_password(NIKO)


def test_two_guesses_at_once_are_two(at_once):
    with database.connection_context():
        for _ in range(MOST_PER_USER - 1):
            Attempt.begin("niko", "192.0.2.1")
    refused = []

    def guess():
        with database.connection_context():
            try:
                Attempt.begin("niko", "192.0.2.1")
            except TooManyAttempts as error:
                refused.append(type(error))

    at_once(guess, guess)
    assert TooManyAttempts in refused


def test_who_is_being_made_a_user_makes_no_admin(niko):
    with database.connection_context():
        User.update(role="admin").where(User.id == 2).execute()
        friend = User.get_by_id(3)
    demoted, friend.given_by = niko(), niko()
    assert in_the_middle(lambda: demoted.update(role="user"), lambda: friend.update(role="admin")) == [Busy]
    with database.connection_context():
        assert [user.id for user in User.select().where(User.role == "admin")] == [1]


def pictures(tmp_path):
    return {path.name for path in (tmp_path / "uploads").iterdir()}


def files_of_posts():
    with database.connection_context():
        return set(all_files())


def test_a_picture_that_is_being_posted_goes_with_its_user(niko, tmp_path):
    writer, owner = niko(), niko()
    assert in_the_middle(lambda: Post.create(user=writer, note="Look", image=png()), owner.delete) == []
    assert pictures(tmp_path) == files_of_posts()


def test_of_two_new_pictures_at_once_one_is_kept(tmp_path):
    with database.connection_context():
        first, second = (Post.get(Post.user == 2, Post.image_name.is_null()) for _ in range(2))
    assert in_the_middle(lambda: first.update(image=png()), lambda: second.update(image=gif())) == []
    assert pictures(tmp_path) == files_of_posts()


def test_what_is_sent_twice_at_once_by_somebody_logged_out_is_kept_once(niko):
    with database.connection_context():
        known = KnownBrowser.last_of(KnownBrowser.remember("", niko()))
    keep = partial(Draft.keep, known, "/posts/new", {"note": "Hello"})
    assert in_the_middle(keep, keep) == []
    with database.connection_context():
        assert Draft.select().count() == 1


def test_a_slip_that_is_used_twice_at_once_lets_in_once():
    with database.connection_context():
        [(_, password, link)] = Slip.give([User.get(uid="niko")])
        by_hand, by_link = Slip.of_uid("niko").user_with(password), Slip.of_link(link).let_in()
    raised = in_the_middle(partial(Session.start, by_hand, "browser"), partial(Session.start, by_link, "browser"))
    assert raised == [Busy]
    with database.connection_context():
        assert Session.select().where(Session.user == by_hand).count() == 1


def test_of_two_new_slips_at_once_one_is_left():
    with database.connection_context():
        niko = User.get(uid="niko")
        first, second = Slip.made(1), Slip.made(1)
    assert in_the_middle(partial(Slip.hand_out, [niko], first), partial(Slip.hand_out, [niko], second)) == []
    with database.connection_context():
        assert Slip.get().link_digest == second[0].kept["link_digest"]


def test_the_last_place_in_a_group_is_for_one():
    with database.connection_context():
        group = Group.create(name="P3", join_most=1)
        ada, bob = (User(name=uid, uid=uid, password_hash="x") for uid in ("ada", "bob"))
    refused = []

    def second():
        try:
            Joining.ask(group, bob, True)
        except Invalid as error:
            refused.append(error)

    in_the_middle(partial(Joining.ask, group, ada, True), second)
    assert len(refused) == 1
