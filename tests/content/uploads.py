"""Image files of every kind that an editor may upload."""

import struct
import zlib
from collections.abc import Callable
from io import BytesIO
from typing import Any

from django.core.files.base import ContentFile
from PIL import Image
from wagtail.images import get_image_model


def picture(kind: str = "PNG", size: tuple[int, int] = (600, 400), mode: str = "RGB") -> bytes:
    file = BytesIO()
    Image.new(mode, size).save(file, kind)
    return file.getvalue()


def head_of_a_png(width: int, height: int) -> bytes:
    """Return a PNG of a few bytes with a given size in its header."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", b"") + chunk(b"IEND", b"")


def frames(kind: str, count: int = 3) -> bytes:
    """Return the bytes of a file with several pictures."""
    file = BytesIO()
    shades = [Image.new("L", (60, 40), number * 80).convert("RGB") for number in range(count)]
    shades[0].save(file, kind, save_all=True, append_images=shades[1:])
    return file.getvalue()


def noise(kind: str) -> bytes:
    file = BytesIO()
    Image.effect_noise((600, 400), 90).convert("RGB").save(file, kind)
    return file.getvalue()


def cut(data: bytes) -> bytes:
    return data[: len(data) // 2]


# What the site can show, by file name.
SHOWABLE: dict[str, Callable[[], bytes]] = {
    "plain.png": picture,
    "palette.png": lambda: picture(mode="P"),
    "sixteen-bit.png": lambda: picture(mode="I;16"),
    "one-bit.png": lambda: picture(mode="1"),
    "grey-alpha.png": lambda: picture(mode="LA"),
    "cmyk.jpg": lambda: picture("JPEG", mode="CMYK"),
    "panorama.png": lambda: picture(size=(20_000, 30)),
    "line.png": lambda: picture(size=(20_000, 3)),
    "dot.png": lambda: picture(size=(1, 1)),
    "still.gif": lambda: frames("GIF", 1),
    "phone.jpg": lambda: frames("MPO"),
    "picture.webp": lambda: picture("WEBP"),
    "picture.avif": lambda: picture("AVIF"),
}
# What it cannot, and a word of what it says to that in Swedish.
UNSHOWABLE: dict[str, tuple[Callable[[], bytes], str]] = {
    "column.png": (lambda: picture(size=(3, 20_000)), "3 × 20"),
    "bomb.png": (lambda: head_of_a_png(11_200, 11_200), "50 miljoner"),
    "large.png": (lambda: head_of_a_png(8_000, 8_000), "50 miljoner"),
    "cut.png": (lambda: cut(noise("PNG")), "skadad"),
    "cut.jpg": (lambda: cut(noise("JPEG")), "skadad"),
    "cut.webp": (lambda: cut(noise("WEBP")), "skadad"),
    "moving.gif": (lambda: frames("GIF"), "rörlig"),
    "moving.png": (lambda: frames("PNG"), "bild"),
    "moving.webp": (lambda: frames("WEBP"), "rörlig"),
    "moving.avif": (lambda: frames("AVIF"), "bild"),
    "empty.png": (lambda: b"", "tom"),
    "drawing.svg": (lambda: b"<svg xmlns='http://www.w3.org/2000/svg'/>", "stöds inte"),
    "text.png": (lambda: b"not a picture", "bild"),
}


def upload(name: str, data: bytes) -> ContentFile[bytes]:
    return ContentFile(data, name=name)


def image_of(name: str, data: bytes, **fields: Any) -> Any:
    """Return an image stored without validation, as before uploads were validated."""
    image = get_image_model()(title=name, **{"width": 600, "height": 400, **fields})
    image.file.name = image.file.storage.save(f"original_images/{name}", upload(name, data))
    get_image_model().objects.bulk_create([image])
    return get_image_model().objects.get(pk=image.pk)
