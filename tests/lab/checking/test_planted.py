"""Each planted mistake fails on its own line, and no other line fails with it."""

import json

import pytest

from lab.checking.lines import NOT_YET, TASKS, TO_DO
from lab.checking.sandbox import can_be_closed_off
from tests.lab.checking.planted import DONE_RIGHT, PLANTED, write_planted

NAMES = [task.name for task in TASKS]
needs_a_closed_place = pytest.mark.skipif(not can_be_closed_off(), reason="this system makes no closed place")


def waiting_for(name):
    """The lines that need this one, and those that need them."""
    found = [name]
    for task in TASKS:
        if set(task.needs) & set(found):
            found.append(task.name)
    return found[1:]


def only(verdict, state):
    return {line["name"]: line["says"] for line in verdict["lines"] if line["state"] == state}


@needs_a_closed_place
def test_each_mistake_fails_on_its_own_line_and_on_no_other(house, tmp_path):
    everybody = PLANTED | DONE_RIGHT
    write_planted(tmp_path / "class", everybody)
    code, printed, said = house("-m", "models", "check", str(tmp_path / "class"), "--json")
    assert (code, said) == (1, "")
    verdicts = {verdict["student"]: verdict for verdict in json.loads(printed)}
    assert verdicts.keys() == everybody.keys()
    for student, (line, words, *_) in everybody.items():
        to_do = only(verdicts[student], TO_DO)
        assert [*to_do] == [line] * bool(line), student
        assert all(words in says for says in to_do.values()), student
        not_yet = only(verdicts[student], NOT_YET).keys() - {"json", "test"}
        assert not_yet == set(waiting_for(line)) - {"json", "test"}, student


def test_there_are_enough_mistakes_and_a_line_of_each_kind():
    assert len(PLANTED) >= 15
    assert {line for line, *_ in PLANTED.values()} == set(NAMES) - {"json"}
