"""What we know: every file directly in here is a table."""

from pathlib import Path

from models.shared.start_errors import Unusable, exit_on, unusable_file

__all__ = ["Invalid", "Post", "Resource", "User"]

# Every program of the house needs these two, so a mistake in one ends it here.
with exit_on(Unusable), unusable_file(Path(__file__).with_name("user.py"), remedy="Mend that line, and start again."):
    from models.post import Post
    from models.shared.resource import Resource
    from models.shared.row_checks import Invalid
    from models.user import User
