"""The text of an expression as Python's own parser understands it, within limits. Nothing of it is run here."""

import ast
import warnings

MOST_LETTERS_OF_EXPRESSION = 2000
MOST_NODES = 600
DEEPEST_EXPRESSION = 60
LARGEST_NUMBER = 2**63 - 1


class NotOpen(ValueError):
    """What may not be written there, and why."""

    def __init__(self, message: str, node: ast.AST | None = None) -> None:
        line, letter = getattr(node, "lineno", 0), getattr(node, "col_offset", -1)
        super().__init__(f"Line {line}, letter {letter + 1}: {message}" if line else message)


def parsed(text: str, most_letters: int = MOST_LETTERS_OF_EXPRESSION) -> ast.Module:
    """NotOpen when it is too long, too deep or no Python."""
    if len(text) > most_letters:
        raise NotOpen(f"An expression has at most {most_letters:,} letters.")
    try:
        text.encode()
        with warnings.catch_warnings(action="ignore"):  # of what is odd and yet Python, which the log need not know
            tree = ast.parse(text.strip(), "expression")
    except SyntaxError as error:
        place = f"Line {error.lineno}: " if error.lineno else ""
        raise NotOpen(f"{place}this is no Python: {error.msg}.") from None
    except ValueError:
        raise NotOpen("It has a letter that nobody can type.") from None
    except (MemoryError, RecursionError):
        raise NotOpen("There are too many brackets within each other.") from None
    check_size(tree)
    return tree


def check_size(tree: ast.Module) -> None:
    """Without a function that calls itself: it is looked at before anybody trusts it."""
    waiting: list[tuple[ast.AST, int]] = [(tree, 0)]
    count = 0
    while waiting:
        node, depth = waiting.pop()
        count += 1
        if depth > DEEPEST_EXPRESSION:
            raise NotOpen(f"There are more than {DEEPEST_EXPRESSION} steps within each other.")
        if count > MOST_NODES:
            raise NotOpen(f"There are more than {MOST_NODES} parts.")
        waiting += [(child, depth + 1) for child in ast.iter_child_nodes(node)]


def whole_size(node: ast.AST, sizes: dict[str, int]) -> int:
    """How many parts it has with what its names stand for: a name that is there twice becomes SQL twice."""
    size = sum(1 + sizes.get(getattr(each, "id", ""), 0) for each in ast.walk(node))
    if size > MOST_NODES:
        raise NotOpen(f"with all that its names stand for, there are more than {MOST_NODES} parts.", node)
    return size


def constant(node: ast.Constant) -> str | int | float | bool | None:
    """A text, a number, True, False or None."""
    value = node.value
    if value is None or isinstance(value, bool | float):
        return value
    if isinstance(value, int) and abs(value) <= LARGEST_NUMBER:
        return value
    if isinstance(value, int):
        raise NotOpen("the number is too large for a column.", node)
    if isinstance(value, str):
        try:
            value.encode()
        except UnicodeEncodeError:
            raise NotOpen("the text has a letter that nobody can type.", node) from None
        if "\x00" in value:
            raise NotOpen("a text cannot have a zero byte.", node)
        return value
    raise NotOpen("only texts, numbers, True, False and None may stand here.", node)


def word(text: object, node: ast.AST) -> str:
    """A name that somebody gives, as Python has names; it may not begin with _."""
    if not isinstance(text, str) or not text.isidentifier() or not text.isascii() or text[0] == "_" or len(text) > 60:
        raise NotOpen("a name has letters, digits and _, and begins with a letter.", node)
    return text
