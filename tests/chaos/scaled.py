"""What docker-compose.scale.yml says, and its proxy as a process here, in front of sites that are processes, too."""

import re
import shutil
import subprocess
from contextlib import contextmanager, suppress

import pytest
import yaml

from tests.chaos.site import ask, wait_until
from tests.server import HOUSE, free_port

OVERRIDE = "docker-compose.scale.yml"


class Loader(yaml.SafeLoader):
    """Knows the word with which a file takes away what another one has said."""


Loader.add_constructor("!reset", lambda loader, node: loader.construct_sequence(node))


def compose(file=OVERRIDE):
    return yaml.load((HOUSE / file).read_text(), Loader)


def text_of_config(name):
    """As it is in the container: there a dollar sign is one."""
    return compose()["configs"][name]["content"].replace("$$", "$")


@contextmanager
def proxy(folder, **ports):
    """HAProxy as it stands there, but for where the sites are; gives its port."""
    if not shutil.which("haproxy"):
        pytest.skip("there is no haproxy here")
    port, text = free_port(), text_of_config("haproxy").partition("resolvers docker\n")[0]
    text = text.replace("bind :8086", f"bind 127.0.0.1:{port}")
    text = re.sub(r"(server (\w+)) \S+ resolvers .*", lambda found: f"{found[1]} 127.0.0.1:{ports[found[2]]}", text)
    (folder / "haproxy.cfg").write_text(text)
    with (folder / "haproxy.log").open("w") as log:
        front = subprocess.Popen(["haproxy", "-f", folder / "haproxy.cfg"], stdout=log, stderr=log)
    try:
        wait_until(lambda: is_up(front, port, folder))
        yield port
    finally:
        front.kill()
        front.wait()


def is_up(front, port, folder):
    assert front.poll() is None, (folder / "haproxy.log").read_text()
    with suppress(OSError):
        return ask(port, "GET", "/health")[0] == 200
