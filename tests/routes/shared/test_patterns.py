"""The router finds what Bottle's own would find, and compiles only what is asked for."""

import re

import pytest
from bottle import HTTPError, Router, RouteSyntaxError

from app import create_app
from routes.shared.patterns import Patterns

RULES = """
    /  /users  /users/new  /users/<id:int>  /users/<id:int>/edit  /users/<id:int>.json  /<page>  /<page>/about
    /static/<path:path>  /a/b/c  /a/<name>/c  /a/b/<name>  /a/<code:re:[a-z]+>.csv  /x<letter>/y  /<one>/<two>/<three>
""".split()
PATHS = [each for rule in RULES for each in (re.sub("<[^>]*int>", "7", rule), re.sub("<[^>]*>", "some", rule))]
PATHS += ["", "/users/", "/users/none", "/static/a/b/c", "/xy/y", "/a/b/other", "//", "/a//c", "/nowhere/at/all/here"]


def filled(router, rules):
    router.add_filter("int", lambda _: ("[0-9]{1,18}", int, str))
    for rule in rules:
        router.add(rule, "GET", rule)
        if "<" in rule:
            router.add(rule, "POST", f"POST {rule}")
    return router


def found(router, method, path):
    try:
        return router.match({"REQUEST_METHOD": method, "PATH_INFO": path})
    except HTTPError as error:
        return error.status_code, error.headers.get("Allow")


@pytest.mark.parametrize("rules", [RULES, RULES[::-1]], ids=["in order", "the other way round"])
@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "DELETE"])
def test_each_path_leads_where_it_would_with_bottle(rules, method):
    ours, bottles = filled(Patterns(), rules), filled(Router(), rules)
    for path in PATHS:
        assert found(ours, method, path) == found(bottles, method, path), path


def test_a_route_may_come_later():
    router = filled(Patterns(), RULES[:3])
    assert found(router, "GET", "/users/7/more")[0] == 404
    router.add("/users/<id:int>/more", "GET", "later")
    assert found(router, "GET", "/users/7/more") == ("later", {"id": 7})


def test_a_rule_that_cannot_be_read_is_told_at_once():
    with pytest.raises(RouteSyntaxError):
        Patterns().add("/users/<id:re:[0-9>", "GET", None)
    with pytest.raises(KeyError):
        Patterns().add("/users/<id:number>", "GET", None)


def test_a_start_compiles_no_pattern_and_a_request_few(settings):
    site = create_app(settings)
    assert not site.router.routers
    site.router.match({"REQUEST_METHOD": "GET", "PATH_INFO": "/users/1"})
    assert list(site.router.routers) == [("users",)]
