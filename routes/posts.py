"""Posts: pages that list, write, change and delete them, and the same as JSON."""

from typing import Any

from bottle import HTTPError, HTTPResponse, response

from models.post import Post
from models.shared.one_row import row_of
from models.shared.picture_field import PICTURE_FILE, PictureField
from models.shared.row_checks import Invalid
from routes.shared.access import member, members_only, mine_or_admin, readers_only
from routes.shared.addresses import address
from routes.shared.body import body_values, form_with_files, form_with_picture
from routes.shared.controls import controls
from routes.shared.deletions import DELETION, delete_or_tell, deletion_json, deletion_of
from routes.shared.expanded import read_with_version
from routes.shared.filter_form import filter_form
from routes.shared.list_place import PARTS
from routes.shared.lists import json_list, page_list
from routes.shared.names import group_names, referred_names
from routes.shared.page import form_page, news, page, see_other
from routes.shared.permissions import check_references, rows_of
from routes.shared.picked import pick
from routes.shared.row_forms import group_controls
from routes.shared.section import Section
from routes.shared.shapes import columns, shape

FIELDS = ("note", "alt", "group")
ASKED_OF_POST = ("note", "image", "alt")
WITH_IMAGE = (*ASKED_OF_POST, "group")
IMAGE_FILE = PictureField(help_text=PICTURE_FILE)

routes = Section()


@routes.get("/posts", apply=readers_only, parts=PARTS)
def show_posts() -> str:
    found = page_list(rows_of(Post))
    filters = filter_form(Post, referred_names(Post, (), and_few=True))
    return page("posts/list", news=news(), **found, filters=filters, groups=group_names(found["rows"]))


@routes.get("/posts/new", apply=members_only)
def new_post() -> str:
    return post_page("posts/new", {}, {})


@routes.post("/posts", apply=members_only)
def add_post() -> str | HTTPResponse:
    texts = pick(form_with_files(), *WITH_IMAGE)
    try:
        Post.create(user=member(), **check_references(Post, Post.from_form(texts)))
    except Invalid as error:
        return post_page("posts/new", texts, error.problems)
    return see_other("/posts?added")


@routes.get("/posts/<id:int>/edit", apply=members_only)
def edit_post(id: int) -> str:
    post = mine_or_admin(one_post(id))
    texts = {"note": post.note, "alt": post.alt, "group": str(post.group_id or "")}
    return post_page("posts/edit", texts, {}, post=post)


@routes.post("/posts/<id:int>/edit", apply=members_only)
def change_post(id: int) -> str | HTTPResponse:
    post = mine_or_admin(one_post(id))
    values = form_with_picture(*WITH_IMAGE)
    if "image" in values and values.get("alt") == (post.alt or ""):
        del values["alt"]  # the form sends it along; it describes the old picture
    try:
        post.update(**check_references(Post, Post.from_form(values), post))
    except Invalid as error:
        return post_page("posts/edit", values, error.problems, post=post)
    return see_other("/posts?saved")


@routes.get("/posts/<id:int>/delete", apply=members_only)
def confirm_delete_post(id: int) -> str:
    return delete_post_page(mine_or_admin(one_post(id)), {})


@routes.post("/posts/<id:int>/delete", apply=members_only)
def remove_post(id: int) -> str | HTTPResponse:
    post = mine_or_admin(one_post(id))
    try:
        post.delete()
    except Invalid as error:
        return delete_post_page(post, error.problems)
    return see_other("/posts?deleted")


@routes.get("/api/posts", apply=readers_only, parts=PARTS, lists=Post)
def list_posts() -> dict[str, Any]:
    """A page of the posts, the newest first."""
    return json_list("posts", rows_of(Post))


@routes.post("/api/posts", apply=members_only, takes=columns(Post, *WITH_IMAGE), makes=Post)
def create_post() -> dict[str, Any]:
    """Write a post; sent as a form it may have a picture."""
    post = Post.create(user=member(), **check_references(Post, body_values()))
    response.status = 201
    response.set_header("Location", address(f"/api/posts/{post.id}"))
    return post.read()


@routes.get("/api/posts/<id:int>", apply=readers_only, gives=Post, expands=Post)
def read_post(id: int) -> dict[str, Any]:
    """One post."""
    return read_with_version(one_post(id))


@routes.patch("/api/posts/<id:int>", apply=members_only, takes=columns(Post, *FIELDS), gives=Post)
def update_post(id: int) -> dict[str, Any]:
    """Change a post: its author and admins may."""
    post = mine_or_admin(one_post(id))
    return post.update(**check_references(Post, body_values(post), post)).read()


@routes.delete("/api/posts/<id:int>", apply=members_only, refuses=(422,))
def delete_post(id: int) -> None:
    """Delete a post: its author and admins may."""
    delete_or_tell(mine_or_admin(one_post(id)))
    response.status = 204


@routes.get("/api/posts/<id:int>/deletion", apply=members_only, gives=DELETION, refuses=(403,))
def read_deletion_of_post(id: int) -> dict[str, Any]:
    """What deleting a post does to others: what goes with it, stays without it, is in the way."""
    return deletion_json(mine_or_admin(one_post(id)))


@routes.put("/api/posts/<id:int>/image", apply=members_only, takes=shape(image=IMAGE_FILE, alt=Post.alt), gives=Post)
def put_image(id: int) -> dict[str, Any]:
    """Give a post a picture, in place of the one it may have: their writer and admins may.

    It is the body, or the file `image` of a form, which may have an `alt`.
    """
    post = mine_or_admin(one_post(id))
    return post.update(**{"image": b""} | body_values()).read()


@routes.delete("/api/posts/<id:int>/image", apply=members_only)
def delete_image(id: int) -> None:
    """Take the picture away from a post: its writer and admins may."""
    post = mine_or_admin(one_post(id))
    if not post.image:
        raise HTTPError(404, "This post has no picture.")
    post.update(image=None)
    response.status = 204


def one_post(id: int) -> Post:
    post: Post = row_of(rows_of(Post), id)
    return post


def post_page(view: str, values: dict[str, Any], problems: dict[str, str], **more: Any) -> str:
    asked = [*controls(Post, *ASKED_OF_POST), *group_controls(Post, more.get("post"))]
    return form_page(view, problems, controls=asked, values=values, **more)


def delete_post_page(post: Post, problems: dict[str, str]) -> str:
    return form_page("posts/delete", problems, post=post, deletion=deletion_of(post), groups=group_names([post]))
