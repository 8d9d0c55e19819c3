"""The copy of a picture, and its thumbnail, look as the original does in a browser, which `make browser` measures."""

import io
import struct
import zlib

import pytest
from PIL import Image, ImageChops, ImageStat

from models.shared.picture import picture_of, thumbnail_name
from tests.drawn import ORIENTATION, chunk, jpeg, saved
from tests.odd_pictures import (
    GAMMA_1,
    grey_profile,
    ink_profile,
    odd_pictures,
    sampling,
    turned,
    wide_profile,
    with_chunks,
)

ODD = odd_pictures()
TURNED = ("jpeg, exif turns it", "png, exif turns it")


def copies(content):
    """The picture and its thumbnail, as they are kept."""
    picture = picture_of(content)
    files = [picture.files[picture.name], picture.files[thumbnail_name(picture.name)]]
    return [Image.open(io.BytesIO(file)) for file in files]


def apart(one, other):
    """How far two pictures are apart: nothing is 0, black from white is 255."""
    difference = ImageChops.difference(one.convert("RGBA"), other.convert("RGBA"))
    return max(ImageStat.Stat(difference).mean)


@pytest.mark.parametrize("name", ODD)
def test_only_what_a_browser_goes_by_turns_a_picture(name):
    copy, thumbnail = copies(ODD[name])
    assert (copy.height > copy.width) == (thumbnail.height > thumbnail.width) == (name in TURNED)


@pytest.mark.parametrize("number", range(1, 9))
def test_every_way_to_hold_a_camera_is_turned_upright(number):
    lying = Image.new("RGB", (60, 40), "red")
    lying.paste("blue", (0, 0, 30, 20))
    (copy, _) = copies(saved(lying, "PNG", exif=turned(number)))
    blue = {1: (0, 0), 2: (1, 0), 3: (1, 1), 4: (0, 1), 5: (0, 0), 6: (1, 0), 7: (1, 1), 8: (0, 1)}[number]
    corners = {(x, y): copy.getpixel((x * (copy.width - 1), y * (copy.height - 1))) for x in (0, 1) for y in (0, 1)}
    assert [place for place, colour in corners.items() if colour == (0, 0, 255)] == [blue]
    assert (copy.height > copy.width) == (number > 4)


@pytest.mark.parametrize(("kind", "count", "value"), [(4, 1, 6), (1, 1, 6), (3, 2, 6), (3, 1, 0), (3, 1, 9)], ids=str)
def test_a_note_that_is_no_way_to_hold_a_camera_turns_nothing(kind, count, value):
    entry = struct.pack("<HHII", ORIENTATION, kind, count, value)
    notes = b"II*\0\x08\0\0\0\x01\0" + entry + bytes(4)
    assert copies(jpeg(exif=b"Exif\0\0" + notes))[0].size == (60, 40)


@pytest.mark.filterwarnings("ignore:Corrupt EXIF data")
@pytest.mark.parametrize("notes", [b"", b"II", b"MM\0*\xff\xff\xff\xff", b"II*\0\x08\0\0\0\xff\xff" + bytes(40)])
def test_notes_that_are_cut_off_turn_nothing_and_the_next_ones_count(notes):
    def segment(content):
        return b"\xff\xe1" + (len(content) + 2).to_bytes(2) + content

    plain, cut = jpeg(), segment(b"Exif\0\0" + notes)
    assert copies(plain[:2] + cut + plain[2:])[0].size == (60, 40)
    assert copies(plain[:2] + cut + segment(turned().tobytes()) + plain[2:])[0].size == (40, 60)


def test_notes_behind_the_pixels_of_a_png_turn_nothing():
    plain = ODD["png"]
    behind = plain[:-12] + chunk(b"eXIf", turned().tobytes()[6:]) + plain[-12:]
    assert copies(behind)[0].size == (240, 160)


def test_what_stands_behind_a_jpeg_is_left_out_and_its_bytes_count_for_nothing():
    film = ODD["jpeg, a film behind it"]
    assert film.count(b"\xff\xda") > 500_000
    picture = picture_of(film)
    assert not [content for content in picture.files.values() if b"ftyp" in content or len(content) > 100_000]


def test_the_bytes_of_a_profile_are_no_scans():
    assert copies(jpeg(icc_profile=wide_profile() + b"\xff\xda" * 100))
    assert copies(jpeg(exif=b"Exif\0\0II*\0\x08\0\0\0\0\0" + b"\xff\xda\0\x08" * 100))


@pytest.mark.parametrize("name", [name for name in ODD if "profile over" in name])
def test_a_large_profile_is_worked_out_and_not_kept(name):
    for image in copies(ODD[name]):
        assert not image.info.get("icc_profile")
        assert image.mode in ("RGB", "RGBA")


@pytest.mark.parametrize(
    ("mode", "colour", "profile", "expected"),
    [
        ("RGB", (100, 50, 20), wide_profile(), (157, 42, 7)),
        ("RGBA", (100, 50, 20, 7), wide_profile(), (157, 42, 7, 7)),
        ("L", 100, grey_profile(), (168, 168, 168)),
        ("LA", (100, 7), grey_profile(), (168, 168, 168, 7)),
        ("I;16", 25700, grey_profile(), (168, 168, 168)),
    ],
    ids=["RGB", "RGBA", "L", "LA", "16 bits"],
)
def test_the_colours_of_a_large_profile_are_what_they_were(mode, colour, profile, expected):
    (copy, _) = copies(saved(Image.new(mode, (9, 9), colour), "PNG", icc_profile=profile))
    assert copy.getpixel((4, 4)) == expected


def test_a_hole_stays_one_when_the_colours_around_it_are_worked_out():
    image = Image.new("RGB", (9, 9), (100, 50, 20))
    image.paste((1, 2, 3), (0, 0, 3, 3))
    (copy, _) = copies(saved(image, "PNG", icc_profile=wide_profile(), transparency=(1, 2, 3)))
    assert (copy.getpixel((1, 1))[3], copy.getpixel((8, 8))) == (0, (157, 42, 7, 255))


@pytest.mark.parametrize("padding", [0, 70_000])
def test_the_inks_of_a_printer_are_as_its_profile_says(padding):
    cyan = Image.new("CMYK", (16, 16), (255, 0, 0, 0))
    (copy, thumbnail) = copies(saved(cyan, "JPEG", icc_profile=ink_profile(padding)))
    without = copies(saved(cyan, "JPEG"))[0].getpixel((8, 8))
    for image in (copy, thumbnail):
        red, green, blue = image.getpixel((8, 8))
        assert not image.info.get("icc_profile")
        assert (red < 60, abs(green - 162) < 8, abs(blue - 214) < 8) == (True, True, True)
    assert (without[0] < 5, without[1] > 250, without[2] > 250) == (True, True, True)


@pytest.mark.parametrize("mode", ["RGB", "CMYK"])
def test_a_profile_that_cannot_be_read_is_passed_over(mode):
    odd = ink_profile(70_000) if mode == "CMYK" else wide_profile()
    odd = odd[:132] + bytes(200) + odd[332:]
    plain = Image.new(mode, (16, 16), "red" if mode == "RGB" else (0, 255, 255, 0))
    one, other = copies(saved(plain, "JPEG", icc_profile=odd))[0], copies(saved(plain, "JPEG"))[0]
    assert apart(one, other) == 0


KEPT = [(b"gAMA", GAMMA_1), (b"cHRM", bytes(32)), (b"sRGB", b"\1"), (b"cICP", b"\x0c\x0d\0\1")]


@pytest.mark.parametrize(("kind", "content"), KEPT, ids=lambda part: part.decode("latin-1")[:4])
@pytest.mark.parametrize("mode", ["L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_a_png_keeps_what_its_colours_mean(kind, content, mode):
    plain = saved(Image.new(mode, (600, 40)), "PNG")
    picture = picture_of(with_chunks(plain, (kind, content)))
    for file in picture.files.values():
        assert file.count(chunk(kind, content)) == 1
        assert file.index(kind) < file.index(b"IDAT")


@pytest.mark.parametrize("kind", [b"gAMA", b"sRGB", b"cICP", b"prVt"])
def test_what_is_no_meaning_of_colours_is_not_kept(kind):
    picture = picture_of(with_chunks(ODD["png"], (kind, b"my home")))
    assert not [file for file in picture.files.values() if b"my home" in file]


def test_a_picture_of_black_and_white_is_smooth_when_it_is_small():
    (copy, thumbnail) = copies(ODD["png of one bit"])
    assert copy.mode == "1"
    assert len(thumbnail.getcolors(256)) > 100


@pytest.mark.parametrize(
    ("name", "mode"), [("one bit png, a hole of white", "LA"), ("two bit png, a hole of light grey", "L")]
)
def test_a_grey_that_is_a_hole_stays_one(name, mode):
    images = copies(ODD[name])
    assert images[0].mode == mode  # a white hole of one bit is one for Pillow only, so it is kept as a hole
    for image in images:
        holes = image.convert("LA").getchannel("A").histogram()
        assert holes[0] > 240 * 160 / 5
        assert holes[255] > 240 * 160 / 5


@pytest.mark.parametrize("name", ["gif, small first frame", "animated gif, small first frame"])
def test_around_a_first_frame_that_is_small_there_is_nothing(name):
    (copy, thumbnail) = copies(ODD[name])
    assert copy.size == thumbnail.size == (240, 160)
    alpha = thumbnail.convert("RGBA").getchannel("A")
    assert alpha.getbbox() == (60, 40, 180, 120)
    assert alpha.crop(alpha.getbbox()).getextrema() == (255, 255)


def test_a_gif_is_as_large_as_its_first_frame_says():
    picture = picture_of(ODD["gif, later frame larger"])
    assert (picture.width, picture.height) == (120, 80)


@pytest.mark.parametrize("kind", [0, 1, 2])
def test_a_jpeg_keeps_its_colours_as_fine_as_they_are(kind):
    picture = picture_of(jpeg(subsampling=kind))
    assert [sampling(file) for file in picture.files.values()] == [kind, kind]


def test_thin_lines_of_red_and_blue_stay_apart():
    (copy, _) = copies(ODD["jpeg 4:4:4"])
    assert apart(copy, Image.open(io.BytesIO(ODD["jpeg 4:4:4"]))) < 3


@pytest.mark.parametrize("name", ["jpeg", "jpeg 4:4:4", "cmyk", "jpeg in passes without its end"])
def test_a_jpeg_that_lacks_only_its_end_is_as_the_whole_one(name):
    whole = ODD[name].removesuffix(b"\xff\xd9") + b"\xff\xd9"
    for end in (1, 2):
        for one, other in zip(copies(whole[:-end]), copies(whole), strict=True):
            assert apart(one, other) == 0


def test_a_profile_of_a_megabyte_is_read_from_a_png():
    assert len(zlib.compress(wide_profile(1_200_000))) < 10_000
    assert copies(ODD["png, profile over 1 MiB"])[0].size == (240, 160)
