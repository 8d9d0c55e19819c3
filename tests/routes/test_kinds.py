"""A new kind of column is one entry in the table of kinds: tried with a made-up one in a copy of the house."""

import json

KIND = """

class ColourField(peewee.CharField):
    pass


def convert_colour(_field, value):
    if not isinstance(value, str) or not value.startswith("#"):
        raise ValueError("must be a colour like #9c3d1f")
    return value


KINDS[ColourField] = Kind(
    stored_as=str,
    accept=convert_colour,
    schema=fixed(type="string", format="colour"),
    example="#9c3d1f",
    control="color",
    from_form=lambda _field, text: f"#{text}",
    to_cell=lambda _field, value: f"the colour {value}",
    template=Template("colour", "", '"#2b2420"'),
)
"""
SCRIPT = """
import json, pathlib
from webtest import TestApp
from app import create_app
from config import Settings
from models.shared.database import database
from models.session import Session
from models import User

visitor = TestApp(create_app(Settings(volumes=pathlib.Path("{volumes}"))))
with database.connection_context():
    _, token = Session.start(User.get(uid="niko"), "browser", "A browser")
member = TestApp(visitor.app)
member.set_cookie("session", token)
form = member.get("/paints/new").forms["new"]
form["name"], form["tint"] = "Clay", "9c3d1f"
page = form.submit().follow()
schemas = visitor.get("/api/openapi.json").json["components"]["schemas"]
print(json.dumps({{
    "control": form["tint"].attrs["type"],
    "page": "the colour #9c3d1f" in page,
    "json": visitor.get("/api/paints/2").json["tint"],
    "refusal": member.post_json("/api/paints", {{"name": "Red", "tint": "red"}}, status=422).json["problems"],
    "schema": schemas["Paint"]["properties"]["tint"],
    "example": schemas["Paint"]["examples"][0]["tint"],
    "cell": "the colour #2b2420" in visitor.get("/paints"),
    "found": visitor.get("/api/paints?tint=9c3d1f").json["total"],
    "words": "tint" in visitor.get("/docs"),
}}))
"""


def test_a_new_kind_of_column_is_one_entry(house):
    with (house.models / "shared" / "kinds.py").open("a") as kinds:
        kinds.write(KIND)
    code, _, errors = house("-m", "models", "new", "paint", "name:char", "tint:colour")
    assert (code, errors) == (0, "")
    model = (house.models / "paint.py").read_text()
    assert "from models.shared.kinds import ColourField" in model
    assert "    tint = ColourField()\n" in model
    code, printed, errors = house("-c", SCRIPT.format(volumes=house.volumes))
    assert code == 0, errors
    assert json.loads(printed) == {
        "control": "color",
        "page": True,
        "json": "#9c3d1f",
        "refusal": {"tint": "must be a colour like #9c3d1f"},
        "schema": {"type": "string", "format": "colour"},
        "example": "#9c3d1f",
        "cell": True,
        "found": 1,
        "words": True,
    }
