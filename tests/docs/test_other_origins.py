"""The lines for pages elsewhere. (`make browser` opens the lesson's page from another origin.)"""

import json
import re
import shutil
import subprocess
import urllib.request

import pytest

from tests.docs.pages import SITE, as_here, blocks, run_sh, running_sh
from tests.server import HOUSE, free_port

PAGE = "docs/other-origins.md"
ADDRESS = re.compile(r"^const backend = .*?;", re.MULTILINE)
OF_PAGE = "127.0.0.1:4000"


def test_a_script_of_a_page_logs_in_and_writes_a_post(site):
    if not shutil.which("node"):
        pytest.skip("there is no node here")
    script = as_here("\n".join((*blocks(PAGE, "js"), "console.log(JSON.stringify(post));")), site)
    command = ["node", "--input-type=module", "--eval", script]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["note"] == "Hello from another origin"


def test_the_site_lets_the_origin_in(house, tmp_path):
    line, examined, _ = blocks(PAGE, "sh")
    port, origin = free_port(), f"http://127.0.0.1:{free_port()}"
    environ = {"PORT": str(port), "VOLUMES": str(tmp_path / "volumes"), "SAMPLE_DATA": "none"}
    with running_sh(line.replace(f"http://{OF_PAGE}", origin), house.models.parent, **environ):
        assert allowed(f"http://127.0.0.1:{port}/api/users", origin) == origin
        (said,) = run_sh([examined.replace(f"http://{OF_PAGE}", origin)], HOUSE, f"127.0.0.1:{port}")
        assert said.startswith("Nothing keeps the page out")


def test_the_page_is_served_from_a_folder_of_its_own(house, tmp_path):
    _, _, lines = blocks(PAGE, "sh")
    place, port, page = house.models.parent, free_port(), free_port()
    lines = lines.replace(SITE, f"127.0.0.1:{port}").replace("4000", str(page))
    (to_write,) = re.findall("const backend = .*;", lines)
    environ = {"PORT": str(port), "VOLUMES": str(tmp_path / "volumes"), "SAMPLE_DATA": "none"}
    with running_sh(lines, place, **environ):
        script = place / "my-page" / "lesson.js"
        text, found = ADDRESS.subn(to_write, script.read_text())
        assert found == 1
        script.write_text(text)
        origin = f"http://127.0.0.1:{page}"
        wait = "--retry 20 --retry-connrefused --retry-delay 1"
        html, js = run_sh([f"curl {wait} {origin}", f"curl {wait} {origin}/lesson.js"], tmp_path)
        assert '<script src="lesson.js" type="module">' in html
        assert to_write in js
        assert allowed(f"http://127.0.0.1:{port}/lesson/api/users", origin) == origin


def allowed(address, origin):
    """Which origin may read the answer."""
    request = urllib.request.Request(address, headers={"Origin": origin})
    with urllib.request.urlopen(request, timeout=30) as answer:
        return answer.headers["Access-Control-Allow-Origin"]
