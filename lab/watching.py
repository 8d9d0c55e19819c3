"""Python tells of each call: of our own code by `sys.monitoring` (from 3.12 on), else of all by `sys.setprofile`."""

import gc
import sys
from collections.abc import Iterator
from functools import cache, cached_property
from types import CodeType, FrameType, FunctionType
from typing import Any

from lab.places import FILE_KINDS, NOT_OURS, OWN, SHARED
from lab.recording import current_recording
from lab.verbs import verbs

IS_GENERATOR = 0x20  # a flag of code objects
TOOLS = (4, 3, 5, 2)  # numbers that Python gives to tools like this one; the last is for profilers


class CallWatcher:
    """What all ways to watch have. `is_all` is set while calls of machinery are to be recorded, too."""

    is_all = False

    @cached_property
    def verbs(self) -> dict[int, CodeType]:
        """The methods that models have from machinery."""
        return verbs()

    def enter(self, code: CodeType, frame: FrameType) -> None:
        """A function begins."""
        recording = current_recording.get()
        if recording is None:
            return
        if id(code) in self.verbs:
            caller = frame.f_back
            kind_of_caller = FILE_KINDS[caller.f_code.co_filename] if caller else NOT_OURS
            recording.calls.enter_verb(code, frame, kind_of_caller, self.is_all)
        else:
            recording.calls.enter(code, FILE_KINDS[code.co_filename], frame)

    def look_again(self) -> None:
        """There may be functions that were not there before."""

    def stop(self) -> None:
        """Take all of it away."""


class Profile(CallWatcher):
    """For 3.11. The thread that answers a request tells of all calls; most of them are skipped."""

    def __init__(self) -> None:
        self.first_steps: dict[int, int] = {}  # where a generator begins, by the id of its code

    def begin(self) -> None:
        """Watch this thread."""
        sys.setprofile(self.heard)

    def end(self) -> None:
        """Watch it no more."""
        sys.setprofile(None)

    def heard(self, frame: FrameType, event: str, _value: Any) -> None:
        """What Python calls."""
        if event != "call" and event != "return":  # noqa: PLR1714 - the quickest way, as it is asked most often
            return
        code = frame.f_code
        kind = FILE_KINDS[code.co_filename]
        if kind == NOT_OURS or (kind == SHARED and not self.is_all and id(code) not in self.verbs):
            return
        if code.co_name[0] == "<":
            return
        is_generator = bool(code.co_flags & IS_GENERATOR)
        is_resumed = is_generator and self.first_steps.setdefault(id(code), frame.f_lasti) != frame.f_lasti
        if event == "call" and not is_resumed:
            self.enter(code, frame)
            return
        recording = current_recording.get()
        if recording is None:
            return
        if event == "return":
            recording.calls.leave(code, may_go_on=is_generator)
        else:
            recording.calls.resume(code)


class Monitoring(CallWatcher):
    """For 3.12 and later. Only our own functions tell, so all others cost nothing; failures are told by everyone."""

    def __init__(self) -> None:
        self.monitoring: Any = vars(sys)["monitoring"]
        self.tool = -1
        self.seen: tuple[int, bool] = 0, False  # how many modules there were, and whether machinery told, too
        self.told: set[int] = set()  # the functions that tell, by the id of their code

    def begin(self) -> None:
        """Watch our code, that of modules that were loaded meanwhile, too."""
        if self.tool < 0:
            self.start()
        if self.seen != (len(sys.modules), self.is_all):
            self.seen = len(sys.modules), self.is_all
            self.choose_functions()

    def end(self) -> None:
        """The functions go on telling, and nobody hears it."""

    def look_again(self) -> None:
        """They are looked for when the next request begins."""
        self.seen = 0, False

    def start(self) -> None:
        """Say what shall be called."""
        heard = {
            "PY_START": self.entered,
            "PY_RESUME": self.resumed,
            "PY_RETURN": self.left,
            "PY_YIELD": self.yielded,
            "PY_THROW": self.thrown_into,
            "PY_UNWIND": self.failed,
        }
        self.tool = next(number for number in TOOLS if self.monitoring.get_tool(number) is None)
        self.monitoring.use_tool_id(self.tool, "lab")
        events = self.monitoring.events
        for name, callback in heard.items():
            self.monitoring.register_callback(self.tool, getattr(events, name), callback)
        self.monitoring.set_events(self.tool, events.PY_THROW | events.PY_UNWIND)

    def choose_functions(self) -> None:
        """Let those functions tell that shall be recorded, and no others."""
        events = self.monitoring.events
        all_events = events.PY_START | events.PY_RESUME | events.PY_RETURN | events.PY_YIELD
        for code in codes_of_ours():
            tells = self.is_all or FILE_KINDS[code.co_filename] == OWN or id(code) in self.verbs
            self.monitoring.set_local_events(self.tool, code, all_events if tells else 0)
            (self.told.add if tells else self.told.discard)(id(code))

    def stop(self) -> None:
        """Take all of it away: nothing tells anything any more."""
        if self.tool < 0:
            return
        self.monitoring.set_events(self.tool, 0)
        for code in codes_of_ours():
            self.monitoring.set_local_events(self.tool, code, 0)
        self.monitoring.free_tool_id(self.tool)
        self.tool = -1
        self.look_again()

    # What Python calls. Failures, and what is thrown into generators, are told by all code there is.

    def entered(self, code: CodeType, _step: int) -> None:
        """A function begins."""
        self.enter(code, sys._getframe(1))

    def resumed(self, code: CodeType, *_: Any) -> None:
        """A generator goes on."""
        recording = current_recording.get()
        if recording is not None:
            recording.calls.resume(code)

    def left(self, code: CodeType, *_: Any) -> None:
        """A function has ended."""
        recording = current_recording.get()
        if recording is not None:
            recording.calls.leave(code)

    def yielded(self, code: CodeType, *_: Any) -> None:
        """A generator waits."""
        recording = current_recording.get()
        if recording is not None:
            recording.calls.leave(code, may_go_on=True)

    def thrown_into(self, code: CodeType, *_: Any) -> None:
        """A generator goes on with a failure."""
        if id(code) in self.told:
            self.resumed(code)

    def failed(self, code: CodeType, *_: Any) -> None:
        """A function has failed."""
        if id(code) in self.told:
            self.left(code)


def codes_of_ours() -> Iterator[CodeType]:
    """Our functions, methods and what is defined within them, whatever stands around them."""
    waiting = [each.__code__ for each in gc.get_objects() if type(each) is FunctionType]
    while waiting:
        code = waiting.pop()
        if FILE_KINDS[code.co_filename] != NOT_OURS:
            waiting += [each for each in code.co_consts if isinstance(each, CodeType)]
            if code.co_name[0] != "<":
                yield code


@cache
def watcher() -> Profile | Monitoring:
    """What this Python has, one for the whole process."""
    return Monitoring() if hasattr(sys, "monitoring") else Profile()
