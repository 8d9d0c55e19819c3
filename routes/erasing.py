"""Deleting somebody for good: for admins and the person, as a page and as JSON."""

from typing import Any

from bottle import HTTPError, HTTPResponse, response

from models.shared.history.erasing import erase, is_remembered
from models.shared.history.people import names_of_people
from models.shared.row_checks import Invalid
from models.user import User
from routes.shared.access import admin_only, members_only, mine_or_admin
from routes.shared.addresses import address
from routes.shared.cookie import forget
from routes.shared.deletions import deletion_of
from routes.shared.login import me
from routes.shared.page import form_page, see_other
from routes.shared.section import Section

routes = Section()


@routes.get("/users/<id:int>/erase", apply=members_only)
def confirm_erase_user(id: int) -> str:
    return erase_page(id, them_or_admin(id), {})


@routes.post("/users/<id:int>/erase", apply=members_only)
def erase_user(id: int) -> str | HTTPResponse:
    user = them_or_admin(id)
    try:
        erase(id)
    except Invalid as error:
        return erase_page(id, user, error.problems)
    answer = see_other("/users?deleted")
    if user and user == me():
        forget(answer)
    return answer


@routes.post("/api/users/<id:int>/erase", apply=members_only, refuses=(403, 422))
def erase_user_for_good(id: int) -> None:
    """Delete a user for good, with all that is theirs; of one who is deleted already, all that is left.

    They themselves and admins may. Nobody can bring any of it back.
    """
    them_or_admin(id)
    erase(id)
    response.status = 204


def them_or_admin(id: int) -> User | None:
    """The user, for themselves and admins; None for an admin when they are gone and not forgotten."""
    user = User.get_or_none(User.id == id)
    if user:
        return mine_or_admin(user)
    admin_only("Only an admin may do this.")
    if not is_remembered(id):
        raise HTTPError(404, "It may have been deleted, or the address is wrong.")
    return None


def erase_page(id: int, user: User | None, problems: dict[str, str]) -> str:
    name = names_of_people([id])[id]
    deletion: dict[str, Any] = deletion_of(user) if user else {"goes": [], "emptied": [], "in_the_way": []}
    back = address(f"/users/{id}" if user else "/users")
    return form_page("users/erase", problems, id=id, name=name, is_there=bool(user), deletion=deletion, back=back)
