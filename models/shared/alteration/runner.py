"""Peewee's runner of migrations, which two may start at once."""

from typing import Any

from playhouse.migrations import Runner

from models.shared.alteration.migrator import migrator_for
from models.shared.changing_tables import changing_tables


class OneAtATime(Runner):
    """It looks for what is missing when it is its turn, and its migrations keep what a table knew."""

    def __init__(self, bound: Any, *arguments: Any, **options: Any) -> None:
        super().__init__(bound, *arguments, **options)
        self.migrator = migrator_for(bound)

    def up(self, *arguments: Any, **options: Any) -> list[str]:
        """As Peewee's."""
        with changing_tables():
            applied: list[str] = super().up(*arguments, **options)
        return applied
