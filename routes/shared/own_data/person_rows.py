"""Which rows of which tables are a person's, in the file of their own data."""

from collections.abc import Iterator
from functools import reduce
from operator import or_
from typing import Any

from models.attempt import Attempt
from models.group import Group
from models.membership import Membership
from models.receipt import Receipt
from models.shared.deletion import Deletion
from models.shared.loading import all_models
from models.shared.resource import is_owner
from models.user import User
from routes.shared.permissions import readable


def rows_of_person(user: User) -> Iterator[tuple[Any, Any]]:
    """Each model, and a query of those of its rows that are theirs, or tell of them and may be read by them."""
    goes_along = Deletion(user).gone
    for model in all_models():
        where = rows_known_otherwise(model, user)
        if where is None and model.plural:
            where = rows_with_person(model, user)
        elif where is None:
            where = goes_along.get(model)
        if where is not None:
            yield model, model.select().where(where).order_by(model.id)


def rows_known_otherwise(model: Any, user: User) -> Any:
    """Of a table that has no reference to them, or where more than that is theirs."""
    if model is User:
        return User.id == user.id
    if model is Group:
        return Group.id.in_(Membership.select(Membership.group).where(Membership.user == user))
    if model is Receipt:
        return Receipt.person == user.id
    return Attempt.uid.in_([user.uid, f"#{user.id}"]) if model is Attempt else None


def rows_with_person(model: Any, user: User) -> Any:
    """Rows that they own, whoever may read them; and of those of others that name them, the ones that they may read."""
    keys = [key for key in model._meta.refs if key.rel_model is User]
    own = [key == user for key in keys if is_owner(key)]
    named = [key == user for key in keys if not is_owner(key)]
    if named:
        own.append(model.id.in_(readable(model).clone().select(model.id).where(reduce(or_, named))))
    return reduce(or_, own) if own else None
