"""There is always an admin: the last one keeps the role and is not deleted."""

from typing import Any

from models.shared.row_checks import Invalid
from models.shared.rows import BaseModel
from models.shared.waiting import Busy, locked


class LastAdminStays(BaseModel):
    """A row with a `role`, which may be `admin`."""

    role: Any
    closed: Any  # what ClosedAccount.user refers back with
    given_by: Any = None  # the admin who changes the role

    def before_write(self) -> None:
        """`Invalid` when the last admin would lose the role, Busy when who gives it is no admin any more."""
        super().before_write()
        if self.is_changed("role"):
            admins = self.locked_admins()
            if self.given_by and self.given_by.id not in admins:
                raise Busy("Your own role has just been changed.")
            if self.role != "admin":
                self.refuse_for_last_admin(admins)

    def before_delete(self) -> None:
        """`Invalid` for the last admin."""
        super().before_delete()
        self.refuse_for_last_admin(self.locked_admins())

    def refuse_for_last_admin(self, admins: list[int]) -> None:
        """`Invalid` when there would be no admin without this row."""
        if admins == [self.id]:
            raise Invalid({"role": "must stay admin, as nobody else is one"})

    def locked_admins(self) -> list[int]:
        """The ids of the admins whose accounts are open.

        They and this row stay as they are until the transaction ends; nobody adds to what is its.

        All in one order, so that of two who do this at once one waits, and neither for the other.
        """
        model = type(self)
        rows = model.select(model.id, model.role).where((model.role == "admin") | (model.id == self.id))
        admins = [row.id for row in locked(rows.order_by(model.id)) if row.role == "admin"]
        account = model.closed.rel_model
        closed = account.select(account.user).where(account.user.in_(admins)).tuples()
        return [each for each in admins if (each,) not in set(closed)]
