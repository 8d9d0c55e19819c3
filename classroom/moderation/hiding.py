"""Hiding posts, and showing them again: for admins, and for those who teach their writers."""

from typing import Any

from bottle import HTTPError, HTTPResponse, response

from models.hidden_post import HiddenPost
from models.post import Post
from models.shared.one_row import row_of
from models.shared.row_checks import Invalid
from routes.shared.access import member, members_only
from routes.shared.body import body_values, form
from routes.shared.controls import controls
from routes.shared.names import group_names
from routes.shared.page import form_page, see_other
from routes.shared.permissions import rows_of
from routes.shared.picked import pick
from routes.shared.section import Section
from routes.shared.shapes import columns
from routes.shared.teaching import moderated

routes = Section()


@routes.get("/posts/<id:int>/hide", apply=members_only)
def confirm_hide_post(id: int) -> str:
    post = moderated(one_post_to_hide(id))
    return hide_page(post, {"reason": post.hidden_because or ""}, {})


@routes.post("/posts/<id:int>/hide", apply=members_only)
def hide_post(id: int) -> str | HTTPResponse:
    post, texts = moderated(one_post_to_hide(id)), pick(form(), "reason")
    try:
        HiddenPost.hide(post, texts.get("reason"), member())
    except Invalid as error:
        return hide_page(post, texts, error.problems)
    return see_other("/posts?saved")


@routes.post("/posts/<id:int>/show", apply=members_only)
def show_post_again(id: int) -> HTTPResponse:
    show_or_tell(moderated(one_post_to_hide(id)))
    return see_other("/posts?saved")


@routes.post("/api/posts/<id:int>/hide", apply=members_only, takes=columns(HiddenPost, "reason"), gives=Post)
def hide_one_post(id: int) -> dict[str, Any]:
    """Hide a post, with a reason: admins may, and who teaches its writer. Of one that is hidden the reason changes."""
    HiddenPost.hide(moderated(one_post_to_hide(id)), body_values().get("reason"), member())
    return one_post_to_hide(id).read()


@routes.delete("/api/posts/<id:int>/hide", apply=members_only)
def show_one_post_again(id: int) -> None:
    """Show a hidden post again: admins may, and who teaches its writer."""
    show_or_tell(moderated(one_post_to_hide(id)))
    response.status = 204


def one_post_to_hide(id: int) -> Post:
    post: Post = row_of(rows_of(Post), id)
    return post


def show_or_tell(post: Post) -> None:
    """404 for one that is not hidden."""
    try:
        HiddenPost.show(post)
    except HiddenPost.DoesNotExist:
        raise HTTPError(404, "This post is not hidden.") from None


def hide_page(post: Post, values: dict[str, Any], problems: dict[str, str]) -> str:
    more = {"controls": controls(HiddenPost, "reason"), "groups": group_names([post])}
    return form_page("classroom/moderation/hide", problems, post=post, values=values, **more)
