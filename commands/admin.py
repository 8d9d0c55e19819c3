"""`python -m models admin`: the first admin, or another one."""

from argparse import Namespace

from models.closed_account import ClosedAccount
from models.shared.logins import typed_uid
from models.user import User


def run(options: Namespace) -> None:
    uid = typed_uid(options.uid)
    user = User.get_or_none(User.uid == uid)
    if user:
        user.update(role="admin")
        closed = ClosedAccount.of(user)
        if closed:
            closed.delete()  # whoever sits at the machine may always let somebody in
        print(f"{user.uid} is an admin.")
    else:
        user = User.create(name=options.uid, uid=uid, role="admin")
        print(f"{user.uid} was added and is an admin.")
    if not user.password_hash:
        print(f"There is no password yet: python -m models password {user.uid}")
