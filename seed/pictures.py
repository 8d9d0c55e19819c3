"""Pictures of some sample posts, drawn here: what they show is in the notes they go with."""

import math
from collections.abc import Callable
from io import BytesIO

from PIL import Image, ImageDraw

from models.shared.picture import Picture, picture_of

SIZE = WIDTH, HEIGHT = 640, 400
NIGHT, PAPER, INK, CLAY, GOLD = "#1d1917", "#fbf7f1", "#2b2420", "#9c3d1f", "#f2b84b"


def sample_pictures() -> dict[tuple[str, int], tuple[Picture, str]]:
    """{(uid, number of the note): (picture, what it shows)}."""
    return {place: (picture_of(draw()), alt) for place, (alt, draw) in DRAWINGS.items()}


def lamp() -> bytes:
    image, pen = sheet(NIGHT)
    for radius in range(190, 90, -4):
        glow = 29 + (190 - radius) // 2
        circle(pen, 320, 170, radius, fill=(glow, glow * 3 // 4, 24))
    circle(pen, 320, 170, 90, fill="#57411f", outline=GOLD, width=4)
    pen.line([(296, 250), (302, 150), (320, 120), (338, 150), (344, 250)], fill=GOLD, width=5, joint="curve")
    pen.rounded_rectangle((285, 250, 355, 330), 8, fill="#8a7d72")
    for y in range(266, 330, 16):
        pen.line([(285, y), (355, y - 8)], fill=NIGHT, width=3)
    return saved(image, "PNG")


def current() -> bytes:
    image, pen = sheet(PAPER)
    pen.line([(40, 200), (600, 200)], fill=INK, width=2)
    for shift, colour in ((0, CLAY), (1, GOLD), (2, INK)):
        wave = [
            (x, 200 - 130 * math.sin((x - 40) / 560 * 4 * math.pi - shift * 2 * math.pi / 3)) for x in range(40, 600)
        ]
        pen.line(wave, fill=colour, width=6, joint="curve")
    return saved(image, "PNG")


def moth() -> bytes:
    image, pen = sheet(PAPER)
    for y in range(40, 400, 40):
        pen.line([(0, y), (640, y)], fill="#cfdbe6", width=2)
    pen.rectangle((180, 120, 460, 300), fill="#efe3c2", outline="#c9b98d", width=2)
    for side in (-1, 1):
        pen.polygon([(320, 190), (320 + side * 95, 150), (320 + side * 80, 225)], fill="#8a7d72", outline=INK)
        pen.polygon([(320, 210), (320 + side * 75, 225), (320 + side * 45, 275)], fill="#a89a8d", outline=INK)
        pen.line([(320, 175), (320 + side * 22, 145)], fill=INK, width=2)
    pen.ellipse((308, 170, 332, 262), fill=INK)
    return saved(image, "JPEG")


def hops() -> bytes:
    """One tone after another, each on a line of its own; it moves."""
    places = (3, 6, 1, 5, 0, 7, 2, 4)
    frames = []
    for now in range(len(places)):
        image, pen = sheet(NIGHT)
        for column, line in enumerate(places):
            x, y = 60 + column * 66, 40 + line * 42
            pen.rounded_rectangle((x, y, x + 56, y + 26), 6, fill=GOLD if column == now else "#57493f")
        frames.append(image.convert("P", palette=Image.Palette.ADAPTIVE, colors=16))
    return saved(frames[0], "GIF", save_all=True, append_images=frames[1:], duration=350, loop=0)


DRAWINGS: dict[tuple[str, int], tuple[str, Callable[[], bytes]]] = {
    ("toby", 2): ("A lamp of glass with a glowing filament.", lamp),
    ("niko", 1): ("Three waves of alternating current, each a third behind the one before.", current),
    ("hop", 1): ("A moth under a piece of tape on the ruled page of a logbook.", moth),
    ("heddy", 1): ("A tone that hops between eight frequencies.", hops),
}


def sheet(colour: str) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    image = Image.new("RGB", SIZE, colour)
    return image, ImageDraw.Draw(image)


def circle(pen: ImageDraw.ImageDraw, x: int, y: int, radius: int, **how: object) -> None:
    pen.ellipse((x - radius, y - radius, x + radius, y + radius), **how)  # type: ignore[arg-type]


def saved(image: Image.Image, kind: str, **how: object) -> bytes:
    file = BytesIO()
    image.save(file, kind, **how)
    return file.getvalue()
