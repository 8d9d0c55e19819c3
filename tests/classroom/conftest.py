"""People with roles in groups: Bell teaches P3, where Tesla is, and Curie teaches P4."""

import pytest

from models.group import Group
from models.shared.database import database
from models.user import User

TEACHER, PUPIL, OTHER_TEACHER = 3, 2, 8


def user(id):
    return User.get_by_id(id)


@pytest.fixture
def p3(visitor):
    """A group with a teacher and a pupil."""
    with database.connection_context():
        group = Group.create(name="P3")
        group.add(user(TEACHER), "teacher")
        group.add(user(PUPIL))
    return group


@pytest.fixture
def p4(visitor):
    """Another teacher's, where nobody else is."""
    with database.connection_context():
        group = Group.create(name="P4")
        group.add(user(OTHER_TEACHER), "teacher")
    return group


@pytest.fixture
def teacher(p3, log_in):
    """Alexander Graham Bell, user 3, who teaches P3."""
    return log_in("lex")


@pytest.fixture
def pupil(p3, log_in):
    """Nikola Tesla, user 2, who is in P3."""
    return log_in("niko")


@pytest.fixture
def other_teacher(p4, log_in):
    """Marie Curie, user 8, who teaches P4."""
    return log_in("marie")
