"""The lines put pictures into posts, and the limits are those of the code."""

import json

from models.shared import picture_limits as limits_of_code
from tests.docs.pages import blocks, run_sh, text_of
from tests.drawn import png

PAGE = "docs/pictures.md"


def test_the_lines_write_a_post_with_a_picture_and_give_one_to_another(site, token, tmp_path):
    (tmp_path / "red.png").write_bytes(png())
    (printed,) = run_sh(blocks(PAGE, "sh"), tmp_path, site, TOKEN=token)
    written, changed = map(json.loads, printed.splitlines())
    assert (written["note"], written["alt"], written["image"]["type"]) == ("Look", "A red square", "image/png")
    assert (changed["id"], changed["image"]["type"]) == (1, "image/png")


def test_the_limits_are_those_of_the_code():
    megapixels, mebibytes = limits_of_code.MOST_PIXELS // 1_000_000, limits_of_code.LARGEST_FILE // 1024**2
    limits = f"at most {mebibytes} MiB, {megapixels} megapixels and {limits_of_code.MOST_FRAMES} frames"
    assert limits in " ".join(text_of(PAGE).split())
