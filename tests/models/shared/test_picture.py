"""Whether a file is a picture is found out by decoding it; what is kept of it is made anew."""

import io
import subprocess
import sys

import pytest
from PIL import Image, ImageCms

from models.shared import picture as module
from models.shared import picture_limits as limits
from models.shared import picture_write
from models.shared.picture import file_names, picture_of, thumbnail_name, thumbnail_size
from models.shared.waiting import Busy
from tests.drawn import (
    GPS,
    NO_PICTURES,
    WELL_KNOWN,
    bomb,
    claims,
    gif,
    jpeg,
    many_scans,
    odd_exif,
    photo,
    png,
    saved,
    two_in_one,
)

WHOLE = "must be a .jpg, .png or .gif picture that is whole"


def kept(picture):
    return Image.open(io.BytesIO(picture.files[picture.name]))


def thumbnail(picture):
    return Image.open(io.BytesIO(picture.files[thumbnail_name(picture.name)]))


@pytest.mark.parametrize(
    ("content", "extension"), [(jpeg(), ".jpg"), (png(), ".png"), (gif(), ".gif"), (gif(1), ".gif")]
)
def test_the_extension_is_that_of_what_it_is(content, extension):
    picture = picture_of(content)
    assert picture.name.endswith(extension)
    assert (picture.width, picture.height) == (60, 40)
    assert sorted(picture.files) == sorted(file_names(picture.name))


def test_no_two_names_are_alike_and_nobody_can_guess_one():
    names = {picture_of(png(1, 1)).name for _ in range(50)}
    assert len(names) == 50
    assert {len(name) for name in names} == {36}


@pytest.mark.parametrize("name", NO_PICTURES)
def test_what_cannot_be_decoded_is_no_picture(name):
    with pytest.raises(ValueError, match=f"^{WHOLE}$"):
        picture_of(NO_PICTURES[name])


@pytest.mark.parametrize("name", WELL_KNOWN)
def test_what_is_well_known_is_called_by_its_name_and_people_read_what_to_do(name):
    with pytest.raises(ValueError, match=rf"^is {name.strip()}; please (save|send)"):
        picture_of(WELL_KNOWN[name])


def test_who_sends_a_picture_of_an_iphone_reads_where_to_change_that():
    with pytest.raises(ValueError, match=r"\(on an iPhone: Settings > Camera > Formats > Most Compatible\)$"):
        picture_of(WELL_KNOWN["a HEIC picture"])


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "must not be empty"),
        ("text", "must be a file"),
        (png() + bytes(5 * 1024 * 1024 + 1 - len(png())), "must have at most 5 MiB"),
        (gif(501), "must have at most 500 frames, and 200,000,000 pixels in all"),
        (gif(2000, (4, 4)), "must have at most 500 frames, and 200,000,000 pixels in all"),
        (claims(6400, 6251), "must have at most 40 megapixels"),
        (claims(1, 40_000_001), "must have at most 40 megapixels"),
        (bomb(), "must have at most 40 megapixels"),
        (many_scans(), "must not have so many scans"),
        (many_scans(20)[:-2], "must not have so many scans"),
        (many_scans().replace(b"\xff\xda", b"\xff\xff\xda"), "must not have so many scans"),
        (jpeg()[:2] + b"\xff\xfe\0\2" * 200_000 + jpeg()[2:], "must not have so many parts"),
        (jpeg()[:2] + b"\xff" * 200_000 + jpeg()[2:], "must not have so many parts"),
        (png()[:33] + b"\0\0\0\0noNe\xea\x14\x24\x6d" * 80_000 + png()[33:], "must not have so many parts"),
    ],
    ids="empty text 5MiB+1 501 2000 40MP+6 a_line 900MP scans scans_twice scans_filled segments fill chunks".split(),
)
def test_too_much_is_refused_before_it_is_unfolded(content, message):
    with pytest.raises(ValueError, match=f"^{message}$"):
        picture_of(content)


def test_many_large_frames_are_too_much_in_all(monkeypatch):
    monkeypatch.setattr(limits, "MOST_PIXELS_OF_ALL_FRAMES", 2 * 60 * 40)
    picture_of(gif(2))
    with pytest.raises(ValueError, match="500 frames"):
        picture_of(gif(3))


def test_five_hundred_frames_and_five_mebibytes_are_fine():
    picture = picture_of(gif(500, (4, 4)))
    assert kept(picture).n_frames == 500
    assert picture_of(png() + bytes(5 * 1024 * 1024 - len(png())))  # what comes after the end is left out


def test_the_bomb_of_these_tests_is_one():
    assert len(bomb()) < 130_000


def test_a_photo_comes_out_upright_and_does_not_tell_where_it_was_taken():
    assert Image.open(io.BytesIO(photo())).getexif().get_ifd(GPS)
    picture = picture_of(photo())
    assert (picture.width, picture.height) == (40, 60)
    for image in (kept(picture), thumbnail(picture)):
        assert image.size == (40, 60)
        top, bottom = image.getpixel((20, 5)), image.getpixel((20, 55))
        assert top[0] > top[2] + 150
        assert bottom[2] > bottom[0] + 150
        assert not image.getexif()
    for content in picture.files.values():
        assert not [word for word in (b"Exif", b"my home", b"http") if word in content]


def test_a_png_loses_its_words_and_keeps_its_holes_and_colours():
    from PIL import PngImagePlugin

    words, colours = PngImagePlugin.PngInfo(), ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    words.add_text("Comment", "my home")
    words.add_itxt("XML:com.adobe.xmp", "<x>my home</x>")
    image = Image.new("RGBA", (20, 20), (0, 0, 255, 0))
    image.paste((255, 0, 0, 255), (0, 0, 10, 20))
    picture = picture_of(saved(image, "PNG", pnginfo=words, icc_profile=colours))
    assert kept(picture).convert("RGBA").tobytes() == image.tobytes()
    assert kept(picture).info["icc_profile"] == colours
    assert not any(b"my home" in content for content in picture.files.values())
    assert thumbnail(picture).convert("RGBA").getpixel((18, 10))[3] == 0


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_every_kind_of_png_is_taken(mode):
    picture = picture_of(saved(Image.new(mode, (600, 300)), "PNG"))
    assert kept(picture).size == (600, 300)
    assert thumbnail(picture).size == (480, 240)


@pytest.mark.parametrize("mode", ["L", "CMYK"])
def test_every_kind_of_jpeg_is_taken(mode):
    picture = picture_of(saved(Image.new(mode, (60, 40)), "JPEG"))
    assert kept(picture).mode in ("L", "RGB")


def test_a_jpeg_with_a_second_picture_behind_it_is_a_jpeg_also_when_that_is_cut_off():
    content, first = two_in_one()
    for size in (len(content), first + 50, first):
        picture = picture_of(content[:size])
        assert picture.name.endswith(".jpg")
        assert kept(picture).format == "JPEG"


@pytest.mark.parametrize("kind", [2, 7, 11])
def test_a_photo_with_an_odd_note_of_its_camera_is_taken_upright(kind):
    picture = picture_of(saved(Image.new("RGB", (60, 40)), "JPEG", exif=odd_exif(kind)))
    assert (picture.width, picture.height) == (40, 60)


def test_a_picture_with_an_unreadable_note_of_its_camera_is_taken_as_it_lies():
    assert picture_of(saved(Image.new("RGB", (60, 40)), "PNG", exif=b"garbage")).width == 60


def test_what_is_no_colour_profile_is_not_kept():
    picture = picture_of(saved(Image.new("RGB", (9, 9)), "JPEG", icc_profile=b"my home is here" * 20))
    assert not [content for content in picture.files.values() if b"my home" in content]


def test_a_file_that_would_unfold_on_the_disk_is_refused(monkeypatch):
    content = png(300, 300)
    monkeypatch.setattr(picture_write, "LARGEST_COPY", len(picture_of(content).files) + 100)
    with pytest.raises(ValueError, match=r"^must not unfold to more than"):
        picture_of(content)


def test_what_moves_has_fewer_pixels():
    large = (4000, 2001)
    assert picture_of(gif(1, large)).width == 4000
    with pytest.raises(ValueError, match=r"^must have at most 8 megapixels when it moves"):
        picture_of(gif(2, large))


def test_an_animated_gif_stays_animated_and_its_thumbnail_stands_still():
    picture = picture_of(gif(5))
    assert kept(picture).n_frames == 5
    assert kept(picture).info["duration"] == 40
    assert thumbnail(picture).format == "PNG"


@pytest.mark.parametrize(("width", "height"), [(1000, 500), (500, 1000), (480, 481), (3000, 1), (1, 3000), (9, 7)])
def test_a_thumbnail_has_at_most_480_pixels_and_the_size_that_pages_say(width, height):
    picture = picture_of(png(width, height))
    small = thumbnail(picture)
    assert small.size == thumbnail_size(width, height)
    assert max(small.size) <= 480
    assert min(small.size) >= 1
    assert thumbnail_name(picture.name).startswith(picture.name[:32])


def test_a_thumbnail_is_never_larger_than_the_picture():
    assert thumbnail_size(9, 7) == (9, 7)


@pytest.mark.parametrize("name", ["../../etc/passwd", "x.png", "", None, "0" * 32 + ".svg", "0" * 32 + ".png\n"])
def test_a_name_that_is_not_ours_has_no_files(name):
    assert file_names(name) == []


def test_when_two_are_being_looked_at_the_third_does_not_wait_for_ever(monkeypatch):
    monkeypatch.setattr(module.DECODING, "seconds", 0)
    with module.decoding_slot():
        picture_of(png())
        with module.decoding_slot(), pytest.raises(Busy):
            picture_of(png())
    picture_of(png())


def test_pillow_is_loaded_with_the_first_picture():
    script = (
        "import sys\nfrom models.shared import picture, picture_decode\n"
        "print('PIL' in sys.modules)\npicture_decode.pillow()\nprint('PIL' in sys.modules)"
    )
    printed = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)
    assert printed.stdout.split() == ["False", "True"]
