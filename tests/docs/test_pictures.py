"""The lines put pictures into posts, and the limits are those of the code."""

import json

from models.shared import picture_limits as limits_of_code
from models.shared.picture import SQUARE
from tests.docs.pages import blocks, run_sh, text_of
from tests.drawn import png

PAGE = "docs/pictures.md"


def test_the_lines_write_a_post_with_a_picture_and_give_one_to_another(site, token, tmp_path):
    (tmp_path / "red.png").write_bytes(png())
    of_posts, of_user = run_sh(blocks(PAGE, "sh"), tmp_path, site, TOKEN=token)
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
