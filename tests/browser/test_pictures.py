"""Pictures in a real browser: the copies look as the originals do, and the form shrinks what the site will not take."""

import base64
import io
import sqlite3

import pytest
from PIL import Image
from playwright.sync_api import expect

from models.shared.picture import MIME_TYPES, picture_of
from tests.browser.test_pages import until
from tests.drawn import ORIENTATION, WELL_KNOWN, gif, saved
from tests.odd_pictures import odd_pictures, scene

ODD = odd_pictures()
END = b"\xff\xd9"
MOST_APART = 2.5  # nothing is 0, black from white is 255
APART = """async (files) => {
  const pixels = async (file) => {
    const image = new Image();
    image.src = file;
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = 48;
    const pen = canvas.getContext("2d");
    pen.imageSmoothingQuality = "high";
    pen.drawImage(image, 0, 0, 48, 48);
    return pen.getImageData(0, 0, 48, 48).data;
  };
  const [original, ...copies] = await Promise.all(files.map(pixels));
  return copies.map((copy) => copy.reduce((sum, one, n) => sum + Math.abs(one - original[n]), 0) / copy.length);
}"""


def as_url(content, extension):
    return f"data:{MIME_TYPES[extension]};base64,{base64.b64encode(content).decode()}"


def test_copies_and_thumbnails_look_as_the_originals_do(open_page):
    page, apart = open_page(), {}
    for name, content in ODD.items():
        picture = picture_of(content)
        # Without its end, a JPEG lacks its last lines in Chromium.
        original = content + END if name.endswith("without its end") else content
        files = [as_url(original, picture.name[-4:])]
        files += [as_url(file, name[-4:]) for name, file in picture.files.items()]
        apart[name] = page.evaluate(APART, files)
    assert {name: both for name, both in apart.items() if max(both) > MOST_APART} == {}


@pytest.fixture
def page(open_page, site):
    """The form for a post, of somebody who has logged in."""
    page = open_page(base_url=site)
    page.goto("/login?next=/posts/new")
    page.get_by_label("User id").fill("niko")
    page.get_by_label("Password").fill("123niko")
    page.get_by_role("button", name="Log in").click()
    page.wait_for_url("**/posts/new")
    page.get_by_label("Note").fill("Look at this")
    return page


def choose(page, name, content):
    file = {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    page.get_by_label("Picture", exact=False).first.set_input_files(file)


def sent(page, tmp_path):
    """The picture as it is kept, after the form has been sent."""
    page.get_by_role("button", name="Post it").click()
    page.wait_for_url("**/posts?added*")
    rows = sqlite3.connect(tmp_path / "volumes" / "sqlite.db")
    ((name,),) = rows.execute("select image from posts order by id desc limit 1")
    rows.close()
    return Image.open(io.BytesIO((tmp_path / "volumes" / "uploads" / name).read_bytes()))


def is_red_above_blue(image):
    top, bottom = (image.convert("RGB").getpixel((image.width // 2, y)) for y in (9, image.height - 9))
    return top[0] > top[2] + 100 and bottom[2] > bottom[0] + 100


def two_colours(width, height, mode="RGB"):
    image = Image.new(mode, (width, height), "red")
    image.paste("blue", (width // 2, 0, width, height))
    return image


def test_a_photo_of_48_megapixels_that_lies_on_its_side_just_works(page, tmp_path):
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    choose(page, "IMG_1.JPG", saved(two_colours(8000, 6000), "JPEG", exif=exif))
    expect(page.get_by_role("status")).to_contain_text("A copy of it is sent: JPEG, 1,920 × 2,560 pixels.")
    image = sent(page, tmp_path)
    assert image.size == (1920, 2560)
    assert is_red_above_blue(image)


def test_a_photo_of_nine_mebibytes_is_sent_as_soon_as_it_is_small(page, tmp_path):
    noise = Image.effect_noise((2400, 2400), 120).convert("RGB")
    content = saved(noise, "JPEG", quality=97)
    assert len(content) > 5 * 1024**2
    choose(page, "noise.jpg", content)
    image = sent(page, tmp_path)
    assert image.format == "JPEG"
    assert max(image.size) <= 2400


@pytest.mark.parametrize("kind", ["WEBP", "AVIF", "BMP"])
def test_what_the_browser_can_read_is_sent_as_jpeg(page, tmp_path, kind):
    choose(page, "picture.jpg", saved(scene(), kind))  # by its bytes, whatever it is called
    expect(page.get_by_role("status")).to_contain_text("JPEG, 240 × 160 pixels.")
    assert sent(page, tmp_path).format == "JPEG"


def test_what_has_holes_is_sent_as_png(page, tmp_path):
    image = Image.new("RGBA", (60, 40), (0, 0, 255, 0))
    image.paste((255, 0, 0, 255), (0, 0, 30, 40))
    choose(page, "holes.webp", saved(image, "WEBP", lossless=True))
    kept = sent(page, tmp_path).convert("RGBA")
    assert (kept.getpixel((5, 5)), kept.getpixel((50, 5))[3]) == ((255, 0, 0, 255), 0)


def test_what_the_site_takes_is_sent_as_it_is(page, tmp_path):
    choose(page, "film.gif", gif(3))
    expect(page.locator(".preview")).to_be_visible()
    expect(page.get_by_role("status")).to_have_count(0)
    assert sent(page, tmp_path).n_frames == 3


def test_what_the_browser_cannot_read_is_called_by_its_name_and_the_note_stays(page):
    choose(page, "IMG_2.HEIC", WELL_KNOWN["a HEIC picture"])
    page.get_by_role("button", name="Post it").click()
    expect(page.locator("#image-problem")).to_contain_text("Picture is a HEIC picture; please save it as JPEG or PNG")
    expect(page.get_by_label("Note")).to_have_value("Look at this")
    page.wait_for_load_state()  # with its script
    choose(page, "again.webp", saved(scene(), "WEBP"))
    expect(page.get_by_role("status")).to_contain_text("A copy of it is sent")


def test_what_is_large_and_cannot_be_read_is_not_sent_at_all(page):
    choose(page, "large.bin", bytes(6 * 1024**2))
    until(page, "document.querySelector('input[type=file]').validationMessage.includes('5 MiB')")
    page.get_by_role("button", name="Post it").click()
    expect(page.locator("progress")).to_have_count(0)


@pytest.mark.parametrize(
    ("status", "body", "said"),
    [
        (503, "<main><h1>Not just now</h1></main>", "Nothing is lost: please send it again"),
        (413, "<h1>413</h1>", "too large for the server in front"),
        (502, "<h1>Bad Gateway</h1>", "Is the site still there?"),
    ],
)
def test_when_it_cannot_be_sent_the_note_and_the_picture_stay(page, tmp_path, status, body, said):
    address = "**/posts"
    page.route(address, lambda route: route.fulfill(status=status, content_type="text/html", body=body))
    choose(page, "red.png", saved(scene(), "PNG"))
    page.get_by_role("button", name="Post it").click()
    expect(page.get_by_role("alert")).to_contain_text(said)
    expect(page.get_by_label("Note")).to_have_value("Look at this")
    page.unroute(address)
    assert sent(page, tmp_path).size == (240, 160)
