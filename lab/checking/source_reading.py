"""What stands in a student's files: read by the judge, who runs none of it."""

import ast
import re
from collections.abc import Iterator

from lab.checking.handed_in import HandedIn, syntax_of
from models.shared.resource import Resource

Function = ast.FunctionDef | ast.AsyncFunctionDef


class ModelSource:
    """The class of a model, its fields and methods, as they stand in its file."""

    def __init__(self, handed_in: HandedIn) -> None:
        self.handed_in = handed_in
        self.tree = syntax_of(handed_in.text(handed_in.file))

    def class_node(self, name: str) -> ast.ClassDef | None:
        """The class of this name."""
        return next((each for each in self.tree.body if isinstance(each, ast.ClassDef) and each.name == name), None)

    def class_line(self, name: str) -> int:
        """Where it begins."""
        found = self.class_node(name)
        return found.lineno if found else 1

    def field_line(self, class_name: str, field: str) -> int:
        """Where a field is said, or else the class."""
        found = self.class_node(class_name)
        for node in found.body if found else []:
            targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
            if any(isinstance(each, ast.Name) and each.id == field for each in targets):
                return node.lineno
        return self.class_line(class_name)

    def function_line(self, name: str) -> int:
        """Where a function beside the class begins; 0 when there is none."""
        functions = (each for each in self.tree.body if isinstance(each, Function))
        return next((each.lineno for each in functions if each.name == name), 0)

    def says_plural(self, class_name: str) -> bool:
        """Whether the class says what several are called."""
        found = self.class_node(class_name)
        line = found and next((each for each in found.body if ast.unparse(each).startswith("plural =")), None)
        return line is not None

    def own_methods(self, class_name: str) -> list[Function]:
        """Those that the class does not have from others, and that are no rule of its rows."""
        found = self.class_node(class_name)
        methods = [each for each in found.body if isinstance(each, Function)] if found else []
        return [each for each in methods if not hasattr(Resource, each.name) and not each.name.startswith("__")]

    def is_called(self, method: Function) -> bool:
        """Whether any of the student's files calls it, outside of itself."""
        for name in self.handed_in.files:
            text = self.handed_in.text(name)
            if name.endswith(".tpl") and re.search(rf"\.{method.name}\b", text):
                return True
            tree = self.tree if name == self.handed_in.file else syntax_of(text)
            if name.endswith(".py") and any(calls(node, method.name) for node in outside_of(tree, method)):
                return True
        return False


def does_nothing(method: Function) -> bool:
    """Whether it has no line but words and `pass`."""
    return all(is_idle(each) for each in method.body)


def is_idle(node: ast.stmt) -> bool:
    """Whether this line does nothing: `pass`, `...`, a text, or a `return` of nothing."""
    is_constant = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    is_return = isinstance(node, ast.Return) and (node.value is None or ast.unparse(node.value) == "None")
    return isinstance(node, ast.Pass) or is_constant or is_return


def calls(node: ast.AST, name: str) -> bool:
    """Whether it uses what a row has by this name."""
    return isinstance(node, ast.Attribute) and node.attr == name


def outside_of(tree: ast.AST, method: Function) -> Iterator[ast.AST]:
    """All that stands in a file, but in this method."""
    for child in ast.iter_child_nodes(tree):
        if child is not method:
            yield child
            yield from outside_of(child, method)


def test_functions(text: str) -> dict[str, int]:
    """The tests in a file, and where each of them begins."""
    found = {}
    for node in syntax_of(text).body:
        inner = node.body if isinstance(node, ast.ClassDef) and node.name.startswith("Test") else [node]
        for each in inner:
            if isinstance(each, Function) and each.name.startswith("test"):
                found[each.name] = each.lineno
    return found
