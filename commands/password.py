"""`python -m models password`: for somebody who has none, or has forgotten it."""

import sys
from argparse import Namespace
from getpass import getpass

from models.shared.logins import typed_uid
from models.shared.row_checks import Invalid
from models.user import User


def run(options: Namespace) -> None:
    user = User.get_or_none(User.uid == typed_uid(options.uid))
    if not user:
        raise Invalid({"uid": "does not exist"})
    password = ask_password() if sys.stdin.isatty() else sys.stdin.readline().rstrip("\r\n")
    if not password:
        raise Invalid({"password": "is required"})
    user.update(password=password)
    print(f"{user.uid} has a new password, and is logged out everywhere.")


def ask_password() -> str:
    first, again = getpass("New password: "), getpass("The same again: ")
    if first != again:
        raise Invalid({"password": "must be the same twice"})
    return first
