"""The page about the function: its template names what is there, and what it packs is all that the site needs."""

import re
import subprocess
import sys
from importlib import import_module

import pytest
import yaml

from commands import gateway
from commands.function import usable_settings
from config import read_settings
from tests.docs.pages import HOUSE, blocks, surroundings, text_of

PAGE = "docs/serverless.md"
ASK = """
import sys
from config import Settings
from pathlib import Path
from seed.house import open_house
from commands.function import start
from webtest import TestApp
settings = Settings(volumes=Path(sys.argv[1]))
with open_house(settings):
    pass
browser = TestApp(start(settings))
for path in ("/", "/users", "/posts", "/docs", "/docs/make-your-own", "/static/style.css", "/api/openapi.json"):
    browser.get(path, status=200)
print(sys.modules["routes"].__file__)
"""


@pytest.fixture(scope="module")
def template():
    return yaml.safe_load(*blocks(PAGE, "yaml"))


def resources(template, kind):
    return {name: each["Properties"] for name, each in template["Resources"].items() if each["Type"] == kind}


def test_the_handlers_of_the_template_are_there(template):
    functions = resources(template, "AWS::Serverless::Function")
    assert len(functions) == 2
    for each in functions.values():
        module, _, name = each["Handler"].rpartition(".")
        assert callable(getattr(import_module(module), name))


def test_its_settings_are_those_of_a_function(template):
    given = template["Globals"]["Function"]["Environment"]["Variables"]
    environ = {name: text for name, text in given.items() if isinstance(text, str)}
    environ |= {"DATABASE_URL": template["Parameters"]["DatabaseUrl"]["Description"]}
    environ |= {"PICTURES": given["PICTURES"]["Fn::Sub"].replace("${Pictures}", "bucket")}
    settings = usable_settings(read_settings(environ, own_server=False))
    assert {name: str(getattr(settings, name.lower())) for name in given} == environ


def test_what_it_refers_to_is_in_it(template):
    names = {*template["Resources"], *template["Parameters"], *template["Conditions"]}
    referred = set(re.findall(r"{Ref: (\w+)}|\$\{(\w+)\}|- (HasNetwork)\n", *blocks(PAGE, "yaml")))
    assert {name for each in referred for name in each if name} <= names | {"ServerlessHttpApi"}


def test_what_is_packed_is_all_that_the_site_needs(tmp_path):
    (packing, *_) = blocks(PAGE, "sh")
    lines = [line for line in packing.splitlines() if line.startswith(("mkdir", "cp"))]
    script = "\n".join(line.replace("build", f"{tmp_path}/build") for line in lines)
    subprocess.run(["sh", "-euc", script], cwd=HOUSE, check=True)
    command = [sys.executable, "-c", ASK, str(tmp_path / "volumes")]
    done = subprocess.run(
        command, cwd=tmp_path / "build", env=surroundings({}), capture_output=True, text=True, check=False
    )
    assert done.stdout.strip() == str(tmp_path / "build" / "routes" / "__init__.py"), done.stderr


def test_the_versions_are_those_that_were_tried(template):
    packing = text_of(PAGE)
    for package, place in (("apig-wsgi", "tests"), ("botocore", "tests/storage")):
        (told,) = re.findall(rf" {package}==(\S+)", packing)
        assert f"{package}=={told}\n" in text_of(f"{place}/requirements.txt")
    python = template["Globals"]["Function"]["Runtime"].removeprefix("python")
    assert f"--python-version {python} " in packing
    assert f"python{python} -m compileall" in packing
    assert python in text_of("CONTRIBUTING.md")


def test_the_limits_are_those_of_the_program():
    (picture,) = re.findall(r"^\| so a picture \| (\d+) MiB \| (\d+) KiB \|$", text_of(PAGE), re.MULTILINE)
    (answer,) = re.findall(r"^\| so a page.* \| ([\d.]+) MB \| (\d+) kB \|$", text_of(PAGE), re.MULTILINE)
    assert (int(picture[0]) * 1024**2, float(answer[0]) * 1_000_000) == gateway.GATEWAY_LIMITS
    assert (int(picture[1]) * 1024, int(answer[1]) * 1000) == gateway.BALANCER_LIMITS


@pytest.mark.parametrize(
    ("limits", "event"), [(gateway.GATEWAY_LIMITS, 6_291_556), (gateway.BALANCER_LIMITS, 1_000_000)]
)
def test_what_has_these_sizes_fits_into_an_event_as_base64(limits, event):
    for size in limits:
        assert size * 4 / 3 + 20_000 < event
