"""What the page says of several machines is there, and docker-compose.scale.yml fits the site and its page."""

import re
import shlex
import urllib.request

import pytest

from config import Settings, read_settings
from tests.chaos.scaled import compose, text_of_config
from tests.docs.pages import blocks, running_sh, text_of
from tests.server import HOUSE, free_port

PAGE = "docs/scale.md"
SCALE = compose()
SERVICES = SCALE["services"]
SITES = {name: service for name, service in SERVICES.items() if "DATABASE_URL" in service.get("environment", {})}
KEYS = {"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"}  # which the client of the bucket reads itself
PINNED = re.compile(r"[a-z0-9./-]+:(v?\d+\.\d+[\w.-]*|RELEASE\.\d{4}-[\w-]+)")


def environment_of(service):
    """As a container has it: a password in place of each variable."""
    return {name: re.sub(r"\$\{\w+:\?\}", "s3cret", str(value)) for name, value in service["environment"].items()}


@pytest.mark.parametrize("name", SERVICES)
def test_each_image_has_a_version(name):
    service = SERVICES[name]
    if "image" in service:
        assert PINNED.fullmatch(service["image"])
    for line in service.get("build", {}).get("dockerfile_inline", "").splitlines():
        assert not line.startswith("FROM ") or PINNED.fullmatch(line.removeprefix("FROM "))
        packages = line.partition(" pip install ")[2] or line.partition("/pip install ")[2]
        assert all("==" in word for word in shlex.split(packages) if not word.startswith("-"))


def test_two_sites_have_the_same_settings_which_the_site_knows_and_nothing_of_their_own():
    assert list(SITES) == ["site", "site2"]
    first, second = SITES.values()
    assert first["environment"] == second["environment"]
    for service in SITES.values():
        environ = environment_of(service)
        assert set(environ) - KEYS <= {name.upper() for name in Settings.__annotations__}
        settings = read_settings({"HOST": "0.0.0.0", **environ}, own_server=True)
        assert (settings.sample_data, settings.sign_up) == ("locked", "closed")
        assert settings.drain_seconds < int(service["stop_grace_period"].removesuffix("s")) - 5
        assert not service.get("volumes")
        assert not service.get("ports")


def test_what_a_site_installs_besides_is_what_is_tested():
    extras = SERVICES["site"]["build"]["args"]["EXTRAS"]
    assert "ARG EXTRAS" in text_of("Dockerfile")
    tested = (HOUSE / "tests").glob("*/requirements.txt")
    pinned = {line for file in tested for line in file.read_text().splitlines()}
    assert {each.replace("[binary]", "") for each in extras.split()} <= pinned


def test_what_a_service_names_is_there():
    for service in SERVICES.values():
        for config in service.get("configs", []):
            assert config["source"] in SCALE["configs"]
        for volume in service.get("volumes", []):
            assert volume.partition(":")[0] in SCALE["volumes"]
        assert set(service.get("depends_on", ())) <= set(SERVICES)
    haproxy = text_of_config("haproxy")
    assert re.findall(r"^ *server (\w+) (\w+):8086 ", haproxy, re.MULTILINE) == [(name, name) for name in SITES] * 2
    hosts = re.search("@(.*)/site", environment_of(SERVICES["site"])["DATABASE_URL"])[1]
    assert hosts == "db1:5432,db2:5432"
    assert {"db1", "db2"} <= set(SERVICES)


def test_what_the_sites_believe_is_said_by_the_proxy_and_by_nobody_else():
    haproxy = text_of_config("haproxy")
    assert "option forwardfor" in haproxy  # it adds to X-Forwarded-For, of which the last one counts
    for name in ("X-Forwarded-Host", "X-Forwarded-Proto", "X-Request-Id"):
        assert re.search(f"^ *http-request (set|del)-header {name}\\b", haproxy, re.MULTILINE)


def test_the_storage_has_the_bucket_and_the_keys_of_the_sites():
    sites, storage = SERVICES["site"]["environment"], SERVICES["storage"]
    assert sites["AWS_ENDPOINT_URL"] == "http://storage:8333"  # the port of its S3, where its health is looked at, too
    assert "http://127.0.0.1:8333/healthz" in storage["healthcheck"]["test"]
    bucket = sites["PICTURES"].removeprefix("s3://").partition("/")[0]
    assert f"-bucket={bucket}" in storage["command"].split()
    assert storage["environment"] == {name: sites[name] for name in KEYS}
    assert SERVICES["site"]["depends_on"]["storage"] == {"condition": "service_healthy"}


def test_the_page_has_each_service_and_each_password():
    rows = re.findall(r"^\| (`[^|]*) \|", text_of(PAGE), re.MULTILINE)
    assert [name for row in rows for name in re.findall(r"`(\w+)`", row)] == list(SERVICES)
    asked = set(re.findall(r"\$\{(\w+):\?\}", (HOUSE / "docker-compose.scale.yml").read_text()))
    (start, *others) = [text for text in blocks(PAGE, "sh") if "docker" in text]
    assert set(re.findall(r"^(\w+_PASSWORD)=", start, re.MULTILINE)) == asked
    assert re.search("^COMPOSE_FILE=(.*)$", start, re.MULTILINE)[1] == "docker-compose.yml:docker-compose.scale.yml"
    for line in "".join(others).splitlines():
        assert set(line.split()) & set(SITES)


def test_the_line_serves_a_site_that_will_drain(tmp_path):
    (line,) = [text for text in blocks(PAGE, "sh") if text.startswith("DRAIN_SECONDS=3 ")]
    environ = {"VOLUMES": str(tmp_path / "volumes"), "PORT": str(free_port())}
    with running_sh(f"cd {HOUSE}\n{line}", tmp_path, **environ) as greeting:
        assert urllib.request.urlopen(f"{greeting.partition(',')[0]}/health", timeout=30).read() == b'{"status": "ok"}'
