"""What we know: every file directly in here is a table. A model file imports `Resource` from here, and `User`."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from models.group import Group
    from models.post import Post
    from models.shared.fields import DecimalField, FloatField, IntegerField
    from models.shared.picture_field import ImageField
    from models.shared.resource import Resource
    from models.shared.row_checks import Invalid
    from models.user import User

__all__ = ["DecimalField", "FloatField", "Group", "ImageField", "IntegerField", "Invalid", "Post", "Resource", "User"]

MODULES = {
    "DecimalField": "models.shared.fields",
    "FloatField": "models.shared.fields",
    "Group": "models.group",
    "ImageField": "models.shared.picture_field",
    "IntegerField": "models.shared.fields",
    "Invalid": "models.shared.row_checks",
    "Post": "models.post",
    "Resource": "models.shared.resource",
    "User": "models.user",
}


def __getattr__(name: str) -> Any:
    """Loaded when somebody first asks for it: to import `models` alone does nothing, and so cannot fail."""
    from importlib import import_module  # not above, as a model's file may be called so too

    if name not in MODULES:
        raise AttributeError(f"module 'models' has no attribute {name!r}")
    if name in ("Group", "Post", "User"):
        # The tables that refer to users come along, so that users know their posts and logins, and who sees them.
        import_module("models.session")
        import_module("models.known_browser")
        import_module("models.membership")
        import_module("models.hidden_post")
    return import_module(MODULES[name]).__dict__[name]
