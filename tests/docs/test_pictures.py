"""The lines put pictures into posts, and the limits are those of the code; `tests/storage` runs those of a bucket."""

import json
import re

from config import read_settings
from models.shared import object_server
from models.shared import picture_limits as limits_of_code
from models.shared.picture import SQUARE
from models.shared.storage import UNREACHABLE
from tests.docs.pages import blocks, run_sh, text_of
from tests.drawn import png

PAGE = "docs/pictures.md"


def test_the_lines_write_a_post_with_a_picture_and_give_one_to_another(site, token, tmp_path):
    (tmp_path / "red.png").write_bytes(png())
    of_posts, of_user = run_sh(blocks(PAGE, "sh")[:2], tmp_path, site, TOKEN=token)
    written, changed = map(json.loads, of_posts.splitlines())
    assert (written["note"], written["alt"], written["image"]["type"]) == ("Look", "A red square", "image/png")
    assert (changed["id"], changed["image"]["type"]) == (1, "image/png")
    user = json.loads(of_user)
    assert (user["id"], user["image"]["type"]) == (1, "image/png")


def test_the_limits_are_those_of_the_code():
    megapixels, mebibytes = limits_of_code.MOST_PIXELS // 1_000_000, limits_of_code.LARGEST_FILE // 1024**2
    limits = f"at most {mebibytes} MiB, {megapixels} megapixels and {limits_of_code.MOST_FRAMES} frames"
    text = " ".join(text_of(PAGE).split())
    assert limits in text
    assert f"at most {SQUARE} pixels a side" in text


def test_the_settings_of_a_bucket_are_taken_as_they_stand():
    lines = "".join(blocks(PAGE, "sh")[2:])
    asked = dict(re.findall(r"\b([A-Z_]+)=(\S+)", lines))
    settings = read_settings(asked, own_server=True)
    assert settings.pictures == asked["PICTURES"]
    assert settings.aws_region == asked["AWS_REGION"]


def test_what_is_said_of_a_bucket_that_is_away_is_what_the_site_does():
    text = " ".join(text_of(PAGE).split())
    assert UNREACHABLE in text
    assert (object_server.TIMES_ASKED, object_server.SECONDS_TO_GO_ON, object_server.SECONDS_LEFT_ALONE) == (3, 3, 2)
    assert "up to three times within three seconds" in text
    assert "one request in two seconds tries it" in text
