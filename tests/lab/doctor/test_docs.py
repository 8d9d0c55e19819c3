"""docs/lab.md has each name that the doctor may say, and no other."""

import re

from tests.server import HOUSE

FOLDER = HOUSE / "lab" / "doctor"
SAID = re.compile(r'Finding\(\s*"([a-z-]+)"|name = "([a-z-]+)" if asks_first else "([a-z-]+)"|tell\("([a-z-]+)"')
OF_PROXIES = {"method-not-allowed", "header-not-allowed"}  # made of two words


def test_each_name_is_told_and_no_other():
    _, _, told = (HOUSE / "docs" / "lab.md").read_text().partition("## Why a browser refused")
    rows = re.findall(r"^\| (`.*?`) \| ", told, re.MULTILINE)
    names = [name for row in rows for name in re.findall(r"`([a-z-]+)`", row)]
    text = "".join(file.read_text() for pattern in ("*.py", "*.js") for file in FOLDER.glob(pattern))
    said = {name for found in SAID.findall(text) for name in found if name} | OF_PROXIES
    assert sorted(names) == sorted(said)
