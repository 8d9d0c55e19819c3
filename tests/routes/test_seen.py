"""Who sees which row: every route is asked before and after there are rows that somebody may not know of."""

import re

import pytest

from models.group import Group
from models.hidden_post import HiddenPost
from models.post import Post
from models.shared.database import database
from models.shared.picture import thumbnail_name
from models.user import User
from tests.drawn import png

AUTHOR, TEACHER, MATE, OUTSIDER, OTHER_TEACHER = "niko", "lex", "whit", "hop", "marie"
KEY = re.compile(r'name="[\w-]+" type="hidden" value="[^"]{20,}"|type="hidden" name="[\w-]+" value="[^"]{20,}"')
HIDDEN, FOR_GROUP = "hiddenword", "groupword"
PLACES = """/posts /api/posts /api/posts.csv /api/posts.json /users/2 /api/users/2 /api/users /api/users/2/posts
/lesson/api/users /lesson/api/users?page=1 /posts?search={search} /api/posts?search={search} /api/posts?expand=user
/api/posts/{id} /api/posts?sort=created&limit=100""".split()


@pytest.fixture
def group(visitor):
    """Niko and whit are in it, and lex teaches it; marie teaches another one."""
    with database.connection_context():
        group, other = Group.create(name="P3"), Group.create(name="P4")
        for uid, role in ((AUTHOR, "member"), (MATE, "member"), (TEACHER, "teacher")):
            group.add(User.get(uid=uid), role)
        other.add(User.get(uid=OTHER_TEACHER), "teacher")
    return group


@pytest.fixture
def write(group):
    """Call it for two posts of niko's with pictures: a hidden one, and one for the group."""

    def posts():
        with database.connection_context():
            niko, lex = User.get(uid=AUTHOR), User.get(uid=TEACHER)
            hidden = Post.create(user=niko, note=HIDDEN, image=png(width=20))
            HiddenPost.hide(hidden, "reasonword", lex)
            return hidden, Post.create(user=niko, note=FOR_GROUP, image=png(width=30), group=group)

    return posts


def addresses(app):
    """Every route that is read, of people and posts and of what they may ask; the lab is for whoever runs the site.

    An export is a file of one's own rows, with the time in it.
    """
    for route in app.routes:
        rule = route.rule
        if route.method == "GET" and not re.search(r"random|/lab|/static|openapi|/export|<(?!id:int|name)", rule):
            ids = (20, 21) if "posts/<" in rule else (2,) if "users/<" in rule else (1,)
            for number in ids if "<id:int>" in rule else (0,):
                yield rule.replace("<id:int>", str(number)).replace("<name>", "none.png")
    yield from (place.format(search=word[:-1], id=20) for place in PLACES for word in (HIDDEN, FOR_GROUP))
    yield from (f"/{place}?{asked}" for place in ("posts", "api/posts") for asked in ("group=1", "user=2", "sort=id"))
    yield from ("/posts/chart?by=group", "/api/posts/counts?by=user", "/api/posts/counts?by=group&search=word")


def read_all(browser):
    """What each address answers, but for one-time keys."""
    found = {}
    for path in addresses(browser.app):
        answer = browser.get(path, expect_errors=True)
        text = KEY.sub("", answer.text)
        found[path] = answer.status_int, text, answer.headers.get("ETag") if text == answer.text else None
    return found


@pytest.mark.parametrize("uid", [None, OUTSIDER, OTHER_TEACHER])
def test_nothing_tells_others_that_there_is_such_a_post(visitor, log_in, write, uid):
    browser = log_in(uid) if uid else visitor
    before = read_all(browser)
    posts = write()
    after = read_all(browser)
    assert [path for path in after if after[path] != before[path]] == []
    assert {post.id for post in posts} == {20, 21}
    for post in posts:
        for file in (post.image_name, thumbnail_name(post.image_name)):
            assert browser.get(f"/uploads/{file}", expect_errors=True).status_int == 404


@pytest.mark.parametrize(("uid", "sees_hidden"), [(AUTHOR, True), (MATE, False), (TEACHER, True), ("toby", True)])
def test_those_who_may_find_it_wherever_posts_are(log_in, write, uid, sees_hidden):
    browser, (hidden, for_group) = log_in(uid), write()
    for place in PLACES:
        for post, may in ((hidden, sees_hidden), (for_group, True)):
            path = place.format(search=post.note[:-1], id=post.id)
            answer = browser.get(path, expect_errors=True)
            assert (post.note in answer.text) == may, path
            if not may:
                assert post.note not in answer.text
                assert "reasonword" not in answer.text
    for post, may in ((hidden, sees_hidden), (for_group, True)):
        answer = browser.get(f"/uploads/{post.image_name}", expect_errors=True)
        assert answer.status_int == (200 if may else 404)
        assert not may or answer.headers["Cache-Control"] == "private, no-cache"
    seen = 20 + sees_hidden
    assert browser.get("/api/posts").json["total"] == seen
    counted = browser.get("/api/users/2").json
    assert counted["posts_total"] == len(counted["posts"]) == 2 + 1 + sees_hidden
    assert browser.get("/api/posts/counts?by=user").json["total"] == seen
