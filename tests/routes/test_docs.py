"""The API describes itself, and what it says is so."""

import json
import re
import shlex

import pytest
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator

from app import create_app
from config import VERSION
from tests.routes.test_access import ASKED, PEOPLE, ask

DESCRIPTIONS = {"/api/": "/api/openapi.json", "/lesson/": "/lesson/openapi.json"}
API = [name for name in ASKED if name.split(" ")[1].startswith(tuple(DESCRIPTIONS))]


@pytest.fixture
def descriptions(visitor):
    """By the beginning of the paths that they describe."""
    return {prefix: visitor.get(path).json for prefix, path in DESCRIPTIONS.items()}


@pytest.fixture
def described(descriptions):
    return descriptions["/api/"]


@pytest.fixture
def operation(descriptions):
    """Call it with a route's name for what the description says of it."""

    def find(name):
        method, rule = name.split(" ")
        described = next(each for prefix, each in descriptions.items() if rule.startswith(prefix))
        found = described["paths"][rule.replace("<id:int>", "{id}").removesuffix("/")][method.lower()]
        shared = described["components"]["responses"]
        answers = {status: shared[status] if "$ref" in said else said for status, said in found["responses"].items()}
        return found | {"responses": answers}

    return find


@pytest.fixture
def fits(descriptions):
    """Call it to check a value against a schema of a description, in which nothing may be that it does not name."""

    def check(value, schema, name="GET /api/"):
        described = next(each for prefix, each in descriptions.items() if name.split(" ")[1].startswith(prefix))
        components = json.loads(json.dumps(described["components"]))
        for each in components["schemas"].values():
            each["additionalProperties"] = False
        root = {"components": components, **schema}
        Draft202012Validator(root, format_checker=Draft202012Validator.FORMAT_CHECKER).validate(value)

    return check


@pytest.mark.parametrize("prefix", DESCRIPTIONS)
def test_the_description_is_valid(prefix, descriptions):
    OpenAPIV31SpecValidator(descriptions[prefix]).validate()


@pytest.mark.parametrize("prefix", DESCRIPTIONS)
def test_the_description_has_the_version_of_the_site(prefix, descriptions):
    assert descriptions[prefix]["info"]["version"] == VERSION


@pytest.mark.parametrize("prefix", DESCRIPTIONS)
def test_every_route_for_programs_is_in_its_description(prefix, settings, descriptions):
    described = descriptions[prefix]
    routes = [route for route in create_app(settings).routes if route.rule.startswith(prefix)]
    there = {(route.method, re.sub(r"<(\w+):int>", r"{\1}", route.rule)) for route in routes}
    assert {(method.upper(), path) for path, them in described["paths"].items() for method in them} == there
    operations = [operation for methods in described["paths"].values() for operation in methods.values()]
    assert len({operation["operationId"] for operation in operations}) == len(routes)
    assert all(operation["summary"] for operation in operations)


@pytest.mark.parametrize("person", PEOPLE)
@pytest.mark.parametrize("name", API)
def test_everyone_gets_an_answer_as_described(name, person, request, operation, fits):
    request.getfixturevalue("member")
    answer = ask(request.getfixturevalue(person), name, ASKED[name][0])
    said = operation(name)["responses"][str(answer.status_int)]
    for header, how in said.get("headers", {}).items():
        assert header in answer.headers or not how["required"]
    if "content" in said:
        sent = answer.json if answer.content_type.endswith("json") else answer.text
        fits(sent, said["content"][answer.content_type]["schema"], name)
    else:
        assert answer.body == b""


@pytest.mark.parametrize("name", API)
def test_examples_are_as_described(name, operation, fits):
    for content in operation(name).get("requestBody", {}).get("content", {}).values():
        if "example" in content:  # a file has none
            fits(content["example"], content["schema"], name)


@pytest.mark.parametrize("model", ["User", "Post", "Session", "Joke", "refusal"])
def test_an_example_of_an_answer_is_as_described(model, described, fits):
    schema = described["components"]["schemas"][model]
    fits(schema["examples"][0], schema)


def test_the_examples_lead_from_signing_up_to_a_post(visitor, operation):
    def send(name, **headers):
        body = operation(name)["requestBody"]["content"]["application/json"]["example"]
        return visitor.post_json(name.split(" ")[1], body, headers=headers, status=201).json

    assert send("POST /api/users")["uid"] == "ada"
    token = send("POST /api/sessions")["token"]
    assert send("POST /api/posts", Authorization=f"Bearer {token}")["user"] == 11


def test_the_description_shows_no_row(visitor, admin):
    admin.patch_json("/api/users/1", {"name": "Somebody Secret"})
    assert "Secret" not in visitor.get("/api/openapi.json")


def test_a_body_is_described_by_the_rules_of_its_columns(operation):
    schema = operation("POST /api/users")["requestBody"]["content"]["application/json"]["schema"]
    assert schema["required"] == ["name", "uid"]
    assert schema["properties"]["name"] == {"type": "string", "minLength": 1, "maxLength": 255}
    assert schema["properties"]["uid"]["pattern"] == "^[A-Za-z0-9._-]+$"
    assert schema["properties"]["dob"] == {"type": ["string", "null"], "format": "date"}
    assert schema["properties"]["password"]["writeOnly"]
    assert schema["additionalProperties"] is False


def test_a_change_asks_for_no_field(operation):
    schema = operation("PATCH /api/users/<id:int>")["requestBody"]["content"]["application/json"]["schema"]
    assert "required" not in schema
    assert schema["properties"]["role"]["enum"] == ["user", "admin"]
    assert schema["additionalProperties"] is False


def test_a_row_is_described_by_its_columns_and_by_what_its_properties_say(described):
    user, post = (described["components"]["schemas"][name]["properties"] for name in ("User", "Post"))
    assert user["role"] == {"type": "string", "enum": ["user", "admin"]}
    assert user["age"]["type"] == ["integer", "null"]
    assert user["age"]["description"].startswith("In ")
    assert user["posts"]["items"] == {"$ref": "#/components/schemas/Post"}
    assert post["user"]["description"] == "The id of a user."
    assert post["alt"]["type"] == ["string", "null"]


def test_a_path_that_may_end_with_a_slash_is_described_once(descriptions):
    lesson = descriptions["/lesson/"]
    assert not [path for path in lesson["paths"] if path.endswith("/")]
    assert "A path may end with a slash." in lesson["info"]["description"]


def test_the_lessons_pages_need_not_send_a_date_of_birth(descriptions):
    body = descriptions["/lesson/"]["paths"]["/lesson/api/users"]["post"]["requestBody"]["content"]["application/json"]
    assert body["schema"]["required"] == ["name", "uid"]
    assert body["schema"]["properties"]["dob"]["type"] == ["string", "null"]


def test_a_list_is_described_with_what_a_url_may_ask(operation):
    parameters = {each["name"]: each["schema"] for each in operation("GET /api/users")["parameters"] if "name" in each}
    assert list(parameters) == [
        "limit",
        "sort",
        "after",
        "before",
        "search",
        "name",
        "uid",
        "role",
        "dob_from",
        "dob_to",
    ]
    assert "-dob" in parameters["sort"]["enum"]


def test_a_one_time_key_is_described_where_it_is_taken(descriptions):
    key = {"$ref": "#/components/parameters/Idempotency-Key"}
    for prefix, refused in (("/api/", {"409", "422"}), ("/lesson/", {"409", "400"})):
        described = descriptions[prefix]
        said = described["components"]["parameters"]["Idempotency-Key"]
        assert (said["in"], said["schema"]["maxLength"]) == ("header", 255)
        assert "Retry-After" in described["components"]["responses"]["409"]["headers"]
        for methods in described["paths"].values():
            for method, operation in methods.items():
                takes_it = key in operation.get("parameters", [])
                assert takes_it == ("409" in operation["responses"])
                assert takes_it <= (method != "get" and refused <= set(operation["responses"]))
    paths = descriptions["/api/"]["paths"]
    assert key not in paths["/api/sessions"]["post"].get("parameters", [])
    assert key in paths["/api/jokes/{id}/haha"]["post"]["parameters"]
    assert key in paths["/api/posts/{id}"]["delete"]["parameters"]


def test_the_page_says_once_what_a_one_time_key_is(visitor):
    text = visitor.get("/docs").html.find("main").text
    assert text.count("Idempotency-Key") == 1
    assert "it is done once, and the answer is the first one" in text


@pytest.mark.parametrize("key", ["a\x1fb", "\x1f", "\x85", "a\xadb", "\xa0a"])
def test_a_key_is_refused_as_its_description_says(key, member, described):
    pattern = described["components"]["parameters"]["Idempotency-Key"]["schema"]["pattern"]
    assert not re.search(pattern, key)
    member.post("/api/jokes/1/haha", headers={"Idempotency-Key": key}, status=400)


@pytest.mark.parametrize(
    ("setting", "name", "who"),
    [
        ({}, "GET /api/users", "Everyone."),
        ({"directory": "members"}, "GET /api/users", "Whoever is logged in."),
        ({"directory": "members"}, "GET /api/openapi.json", "Everyone."),
        ({}, "POST /api/users", "Everyone."),
        ({"sign_up": "closed"}, "POST /api/users", "Admins."),
        ({}, "DELETE /api/posts/<id:int>", "Whoever is logged in."),
    ],
)
def test_who_may_call_is_said_as_the_site_is_set_up(setting, name, who, visit):
    method, rule = name.split(" ")
    paths = visit(**setting).get("/api/openapi.json").json["paths"]
    operation = paths[rule.replace("<id:int>", "{id}")][method.lower()]
    assert operation["x-who"] == who
    assert bool(operation["security"]) == (who != "Everyone.") == ("401" in operation["responses"])


def test_the_page_shows_every_operation(visitor, described):
    html = visitor.get("/docs").html
    for path, methods in described["paths"].items():
        for method, operation in methods.items():
            article = html.find(id=operation["operationId"])
            assert article.h3.text == f"{method.upper()} {path}"
            assert operation["summary"] in article.summary.text.replace("\n", " ")
            assert operation["x-who"] in article.text
            assert len(article.select("details details pre")) == 3
            assert [form["data-path"] for form in article.select("form.try")] == [path] * (method == "get")


def test_the_page_is_folded_and_its_forms_lead_to_no_path_with_braces(visitor):
    html = visitor.get("/docs").html
    assert len(html.select("article.operation > details > summary > h3")) == len(html.select("article.operation")) > 30
    assert not html.select("details[open]")
    addresses = [
        tag.get("action") or tag.get("href") or tag.get("src") for tag in html.select("[action], [href], [src]")
    ]
    assert not [address for address in addresses if "{" in address]


def test_each_operation_is_described_and_named_for_one_row_or_for_several(descriptions):
    for described in descriptions.values():
        assert described["info"]["license"] == {"name": "MIT", "identifier": "MIT"}
        assert all(each["description"] for methods in described["paths"].values() for each in methods.values())
    paths = descriptions["/api/"]["paths"]
    ids = [each["operationId"] for path in ("/api/jokes", "/api/jokes/{id}") for each in paths[path].values()]
    assert ids == ["list_jokes", "create_joke", "read_joke", "update_joke", "delete_joke"]


def test_a_file_that_is_the_body_is_described_as_bytes(operation):
    content = operation("PUT /api/posts/<id:int>/image")["requestBody"]["content"]
    assert list(content) == ["application/octet-stream", "image/*", "multipart/form-data"]
    for kind in ("application/octet-stream", "image/*"):
        assert content[kind]["schema"] == {"type": "string", "format": "binary"}


def test_the_page_says_what_a_field_accepts(visitor):
    html = visitor.get("/docs").html
    words = " ".join(html.find(id="create_user").text.split())
    assert "name (required) text, 1 to 255 characters" in words
    assert "a date like 2008-04-05, or null" in words
    assert "one of id, -id, name, -name" in " ".join(html.find(id="list_users").text.split())
    assert "else 90" in html.find(id="create_session").text


def test_the_links_of_the_page_lead_to_places_on_it(visitor):
    html = visitor.get("/docs").html
    places = [tag["href"][1:] for tag in html.select("main a[href^='#']")]
    assert len(places) > 20
    assert not [place for place in places if not html.find(id=place)]


def test_a_strange_host_stays_within_the_quotes_of_the_lines(visitor):
    html = visitor.get("/docs", headers={"Host": "a'; rm -rf ~; '<b>\"\\"}).html
    curl, fetch, python = [code.text for code in html.find(id="read_user").select("details details code")]
    url = "http://a'; rm -rf ~; '<b>\"\\/api/users/1"
    assert shlex.split(curl) == ["curl", url]
    assert json.dumps(url) in fetch
    assert json.dumps(url) in python
    assert not html.select("main b")


def test_guessing_for_too_long_is_refused_as_described(member, operation, fits):
    for name, sent in (
        ("POST /api/sessions", {"uid": "niko", "password": "wrong"}),
        ("PATCH /api/users/<id:int>", {"password": "battery staple", "old_password": "wrong"}),
    ):
        method, path = name.replace("<id:int>", "2").split(" ")
        ask_again = {"POST": member.post_json, "PATCH": member.patch_json}[method]
        answer = [ask_again(path, sent, expect_errors=True) for _ in range(11)][-1]
        said = operation(name)["responses"][str(answer.status_int)]
        assert answer.status_int == 429
        assert set(said["headers"]) <= set(answer.headers)
        fits(answer.json, said["content"][answer.content_type]["schema"])
