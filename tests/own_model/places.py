"""Values for the place of a list, and which of them each column of a planet can have."""

import json
from base64 import urlsafe_b64encode

DAY, TIME, CODE = "2008-04-05", "2008-04-05T16:30:00Z", "0b8a1d3e-5f0c-4a53-9d55-6f2f1c1f7a10"
VALUES = ("", "x", DAY, TIME, CODE, "\x00", "\ud800", 5, 1.5, 2**63, 1e300, True, [], ["x"], {}, None)
FITTING = {
    "id": [5],
    "name": ["", "x", DAY, TIME, CODE, None],
    "size": ["", "x", DAY, TIME, CODE, None],
    "moons": [5, None],
    "age": [5, None],
    "mass": [5, 1.5, 2**63, 1e300, None],
    "price": [5, 1.5, None],
    "rings": [True, None],
    "life": [True, None],
    "found": [DAY, None],
    "seen": [DAY, TIME, None],
    "code": [CODE, None],
}


def is_among(value, values):
    """For Python, True is 1."""
    return any(type(value) is type(each) and value == each for each in values)


def place(*parts):
    return urlsafe_b64encode(json.dumps(parts).encode()).decode()


def check_places(visitor, sorts):
    """A place whose value the column cannot have is refused, any other one begins a page."""
    assert set(sorts) == set(FITTING)
    for sort in sorts:
        for value in VALUES:
            status = 200 if is_among(value, FITTING[sort]) else 422
            for sign, way in (("", "after"), ("-", "before")):
                text = place(sign + sort, value, 1)
                answer = visitor.get(f"/api/planets?sort={sign}{sort}&{way}={text}", expect_errors=True)
                assert answer.status_int == status, (sort, value)
                if status == 422:
                    assert answer.json["problems"] == {way: "is not a place in this list"}
