"""The classroom is a room that can be taken away: the core is the same without it."""

import pytest


@pytest.fixture
def bare(house):
    """A copy of the house without the classroom."""
    house.take_away("classroom")
    return house


def test_the_tests_of_the_core_pass_without_it(bare):
    names = ("access", "jokes", "pages", "posts", "sessions", "teaching", "users")
    core = ["tests/models/test_group.py", *(f"tests/routes/test_{name}.py" for name in names)]
    code, printed, _ = bare("-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *core)
    assert code == 0, printed[-3000:]
    assert " passed" in printed
