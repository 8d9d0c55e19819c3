"""`python -m models admin`: the first admin, or another one."""

from argparse import Namespace

from models.user import User


def run(options: Namespace) -> None:
    user = User.get_or_none(User.uid == options.uid)
    if user:
        user.update(role="admin")
        print(f"{user.uid} is an admin.")
    else:
        user = User.create(name=options.uid, uid=options.uid, role="admin")
        print(f"{user.uid} was added and is an admin.")
    if not user.password_hash:
        print(f"There is no password yet: python -m models password {user.uid}")
