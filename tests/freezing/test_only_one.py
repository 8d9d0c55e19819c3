"""Two freezes at once would take away each other's files, so the second one does not begin."""

import pytest

from freezing.only_one import only_one
from freezing.release import Release
from freezing.target import Target
from tests.freezing.conftest import files_in


@pytest.mark.parametrize(("options", "kind"), [((), Target), (("--release",), Release)])
def test_a_second_one_is_refused_and_takes_nothing_away(freeze, out, options, kind):
    freeze(*options)
    before = files_in(out.resolve())
    with only_one(kind(out)):
        assert freeze(*options).code.startswith("Another freeze is at work in ")
    assert files_in(out.resolve()) == before
    assert freeze(*options).code == 0


@pytest.mark.parametrize("options", [(), ("--release",)])
def test_no_lock_stays_behind(freeze, out, options):
    freeze(*options)
    assert not list(out.parent.rglob("*lock"))
    assert sorted(file.name for file in (out / ".freeze").iterdir()) == ["files.json"]


@pytest.mark.parametrize("options", [(), ("--release",)])
def test_one_that_cannot_begin_leaves_no_folder(freeze, out, place, options):
    (place / "sqlite.db").unlink()
    before = sorted(out.parent.iterdir())
    assert freeze(*options).code
    assert [
        each for each in sorted(out.parent.iterdir()) if each not in before and each.name.lstrip(".").startswith("out")
    ] == []


def test_the_lock_of_one_that_was_killed_hinders_nobody(freeze, out):
    freeze()
    (out / ".freeze/lock").write_text("")
    assert freeze().code == 0
    assert not (out / ".freeze/lock").exists()


def test_a_lock_that_was_removed_meanwhile_is_no_lock(out):
    with only_one(Target(out)):
        (out / ".freeze/lock").rename(out / ".freeze/old")
        with only_one(Target(out)):
            assert (out / ".freeze/lock").exists()
        (out / ".freeze/old").unlink()
