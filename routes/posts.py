"""Posts: a page of the newest, and the same as JSON."""

from typing import Any

from models.post import Post
from routes.shared.access import readers_only
from routes.shared.lists import json_list, page_list
from routes.shared.page import page
from routes.shared.section import Section

routes = Section()


@routes.get("/posts", apply=readers_only)
def show_posts() -> str:
    return page("posts/list", **page_list(Post.with_user()))


@routes.get("/api/posts", apply=readers_only)
def list_posts() -> dict[str, Any]:
    """A page of the posts, the newest first."""
    return json_list("posts", Post.with_user())


@routes.get("/api/posts/<id:int>", apply=readers_only)
def read_post(id: int) -> dict[str, Any]:
    """One post."""
    return Post.with_user().where(Post.id == id).get().read()
