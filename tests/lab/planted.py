"""A student's own code, planted into a site: it stands in a file of `routes/` that only Python knows."""

from tests.server import HOUSE

HEAD = """
from bottle import response
from peewee import fn, JOIN, Load
from models.post import Post
from models.shared.database import database
from models.shared.related import counted, with_newest
from models.user import User
from routes.shared.access import everyone
from routes.shared.section import Section
routes = Section()
@routes.route("/planted", ("GET", "POST"), apply=everyone)
def planted():
"""
FIRST = HEAD.count("\n") + 1  # the number of the first line that is given


def plant(browser, *lines, name="routes/planted.py"):
    """These lines are the handler of /planted."""
    text = HEAD + "".join(f"    {line}\n" for line in lines)
    names = {}
    exec(compile(text, str(HOUSE / name), "exec"), names)
    browser.app.add(names["routes"])
