"""What is remembered, while one request asks for it: whether that was of use, and which route had made it."""

from collections.abc import Hashable
from weakref import WeakKeyDictionary

from bottle import Route

from metrics.figures import Figures
from routes.shared.environ import Environ
from routes.shared.remembered import Memory
from routes.shared.representation import Representation

Makers = WeakKeyDictionary[Representation, Route]  # of what is remembered


class CountedMemory(Memory):
    """Asks the `memory` of the site."""

    def __init__(self, memory: Memory, environ: Environ, figures: Figures, makers: Makers) -> None:
        self.memory, self.environ, self.figures, self.makers = memory, environ, figures, makers

    def find(self, version: Hashable, key: Hashable) -> Representation | None:
        """As Memory's. No route is looked for then, so it is told which it was."""
        found = self.memory.find(version, key)
        self.figures.note_memory(is_hit=found is not None)
        if found and found in self.makers:
            self.environ["bottle.route"] = self.makers[found]
        return found

    def keep(self, version: Hashable, key: tuple[Hashable, ...], answer: Representation) -> None:
        """As Memory's."""
        self.makers[answer] = self.environ["bottle.route"]
        self.memory.keep(version, key, answer)
