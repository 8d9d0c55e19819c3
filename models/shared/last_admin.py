"""There is always an admin: the last one keeps the role and is not deleted."""

from typing import Any

from models.shared.database import locked
from models.shared.row_checks import Invalid
from models.shared.rows import BaseModel


class LastAdminStays(BaseModel):
    """A row with a `role`, which may be `admin`."""

    role: Any

    def before_write(self) -> None:
        """`Invalid` when the last admin would lose the role."""
        super().before_write()
        if self.is_changed("role") and self.role != "admin":
            self.refuse_for_last_admin()

    def before_delete(self) -> None:
        """`Invalid` for the last admin."""
        super().before_delete()
        self.refuse_for_last_admin()

    def refuse_for_last_admin(self) -> None:
        """`Invalid` when there would be no admin without this row. Within a transaction."""
        model = type(self)
        admins = model.select(model.id).where(model.role == "admin").order_by(model.id)
        if [admin.id for admin in locked(admins)] == [self.id]:
            raise Invalid({"role": "must stay admin, as nobody else is one"})
