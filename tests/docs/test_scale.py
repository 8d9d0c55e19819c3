"""What the page says of several machines is there."""

import urllib.request

from tests.docs.pages import blocks, running_sh
from tests.server import HOUSE, free_port

PAGE = "docs/scale.md"


def test_the_line_serves_a_site_that_will_drain(tmp_path):
    (line,) = [text for text in blocks(PAGE, "sh") if text.startswith("DRAIN_SECONDS=3 ")]
    environ = {"VOLUMES": str(tmp_path / "volumes"), "PORT": str(free_port())}
    with running_sh(f"cd {HOUSE}\n{line}", tmp_path, **environ) as greeting:
        assert urllib.request.urlopen(f"{greeting.partition(',')[0]}/health", timeout=10).read() == b'{"status": "ok"}'
