"""Judges the tests: each is there, passes, and one of them fails when the model does not work.

That a test passes is said by the student's process. So it runs with a model that has been broken, too: who says then
that all is well has not looked, whatever has become of `assert`.
"""

from typing import Any

from lab.checking.child import Child
from lab.checking.handed_in import HandedIn
from lab.checking.lines import ToDo
from lab.checking.messages import Gone
from lab.checking.source_reading import test_functions

MOST_TESTS = 500  # tests of a student that are listened to
NO_FUNCTION = "There is no test in it: a test is a function whose name begins with test_."
NO_PYTEST = "pytest is not installed: pip install -r tests/requirements.txt"


class TestsJudge:
    """All tests that came with the model."""

    __test__ = False  # for pytest, which takes it for one

    def __init__(self, handed_in: HandedIn, children: dict[str, Child], has_pytest: bool) -> None:
        self.handed_in, self.children, self.has_pytest = handed_in, children, has_pytest

    def test(self) -> None:
        """ToDo unless all of that is so."""
        model = self.handed_in.model
        if not self.handed_in.tests():
            raise ToDo(f"There is no test: write tests/models/test_{model}.py.", is_certain=True)
        written = {
            (name, test): line
            for name in self.handed_in.tests()
            for test, line in test_functions(self.handed_in.text(name)).items()
        }
        file = self.handed_in.tests()[0]
        if not self.has_pytest:
            raise ToDo(NO_PYTEST, is_certain=True)
        passed, broken = self.told()
        for each in passed:
            if each["outcome"] != "passed":
                raise ToDo(f"{each['name'] or 'The file'} {outcome_in_words(each)}", file, each["line"])
        if not written:
            raise ToDo(NO_FUNCTION, file, 1, is_certain=True)
        for (name, test), line in written.items():
            if not any(name_of_function(each) == test for each in passed):
                raise ToDo(f"{test}() has not been run to its end.", name, line)
        if all(broken):
            (name, test), line = next(iter(written.items()))
            says = f"{test}() passes also when the model does not work, so it says nothing: assert what a row does."
            raise ToDo(says, name, line)

    def told(self) -> tuple[list[dict[str, Any]], list[bool]]:
        """What the process says of each test, and whether it passes with a broken model, too."""
        child, broken = self.children["test"], []
        found: list[dict[str, Any]] = []
        try:
            for _ in range(MOST_TESTS):
                said = child.next()
                if "end" in said:
                    break
                if "broken" in said:
                    broken.append(bool(dict(said["broken"]).get("passes")))
                else:
                    found.append(checked_test(said.get("test")))
        except (Gone, TypeError, ValueError):
            says = "The tests have not come to their end: one of them ends the program, or needs too much memory."
            raise ToDo(says, self.handed_in.tests()[0], 1) from None
        return found, broken


def checked_test(said: Any) -> dict[str, Any]:
    """What was said of a test, when it has the shape that it must have. Gone otherwise."""
    if not isinstance(said, dict) or not isinstance(said.get("line"), int):
        raise Gone
    return {name: said[name] if name == "line" else str(said.get(name, ""))[:300] for name in ("line", *TOLD)}


TOLD = ("name", "outcome", "words")


def name_of_function(told: dict[str, Any]) -> str:
    """The function's, without its class and its values."""
    return str(told["name"]).partition("[")[0].rpartition(".")[2]


def outcome_in_words(told: dict[str, Any]) -> str:
    """As in: fails: assert 1 == 2."""
    words = "".join(each for each in told["words"] if each.isprintable())
    return f"fails: {words}" if told["outcome"] == "failed" else f"is {told['outcome']}, and should pass."
