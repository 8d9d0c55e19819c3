"""The lines give a token and use it. (`tests/routes/test_access.py` asks each route as everyone.)"""

import json

from tests.docs.pages import blocks, run_sh


def test_a_script_gets_a_token_and_writes_a_post(site, tmp_path):
    (printed,) = run_sh(blocks("docs/access.md", "sh"), tmp_path, site)
    assert json.loads(printed)["note"] == "Hello"
