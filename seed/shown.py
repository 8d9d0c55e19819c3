"""`--show`, which the lab does, where it is there."""

from contextlib import AbstractContextManager, nullcontext
from importlib.util import find_spec
from typing import Any

from models.shared.start_errors import Unusable

SHOW: dict[str, Any] = {
    "action": "store_true",
    "help": "print each call and each SQL statement, as a tree",
}


def shown_if(is_asked: bool) -> AbstractContextManager[None]:
    """What is done inside is printed afterwards, if somebody has asked for that."""
    if not is_asked:
        return nullcontext()
    if not find_spec("lab"):
        raise Unusable("--show needs the folder lab, which is not here")
    from lab.show import tree_shown

    return tree_shown()
