"""Lists the sizes of images beside the stored ones in WebP: AVIF, and crops by ratio.

Their addresses and dimensions follow from the image alone, so that an answer which names them
needs no rows of renditions. `cms.public.images` makes the files, `cms.public.media` serves them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from types import SimpleNamespace
from typing import Any, Final

from django.urls import reverse
from wagtail.images.models import Filter

from cms.upstream.images import FilterOperation, Rect

# The widest in AVIF serves screens up to 1,200 pixels, or two pixels for each of 600: what is wider
# takes seconds to encode, and the WebP file of 1,600 is there.
AVIF_WIDTHS: Final = (480, 800, 1200)
# Each gives whole numbers of pixels in every ratio.
CROP_WIDTHS: Final = (480, 960)
RATIOS: Final[Mapping[str, tuple[int, int]]] = {
    "1:1": (1, 1),
    "4:3": (4, 3),
    "3:2": (3, 2),
    "16:9": (16, 9),
}


class AvifSpeedOperation(FilterOperation):
    """`avifspeed-8` in the specification of a rendition: how quick the encoder is, 0 to 10.

    Wagtail and Willow leave it at 6, which takes three times as long for a tenth fewer bytes; from
    9 on, drawings are larger than in WebP.
    """

    def construct(self, speed: str) -> None:
        self.speed = int(speed)

    def run(self, willow: Any, image: Any, env: dict[str, Any]) -> None:
        # Pillow reads options of an encoder from the image too (`Image.save`).
        willow.image.encoderinfo = {"speed": self.speed}


@dataclass(frozen=True)
class Size:
    """A size by the last part of its address, such as `480.avif` or `16x9-480.webp`."""

    name: str
    filter: Filter


@dataclass(frozen=True)
class SizedFile:
    """A size of one image: its path on the site and its dimensions."""

    src: str
    width: int
    height: int


AVIF_SIZES: Final = tuple(
    Size(f"{width}.avif", Filter(f"width-{width}|avifspeed-8|format-avif")) for width in AVIF_WIDTHS
)
CROP_SIZES: Final[Mapping[str, tuple[Size, ...]]] = {
    ratio: tuple(
        Size(
            f"{across}x{down}-{width}.webp",
            Filter(f"fill-{width}x{width * down // across}|format-webp"),
        )
        for width in CROP_WIDTHS
    )
    for ratio, (across, down) in RATIOS.items()
}
SIZES: Final = {size.name: size for sizes in (AVIF_SIZES, *CROP_SIZES.values()) for size in sizes}


def sized_files(image: Any, width: int, height: int) -> dict[str, SizedFile]:
    """Return the further sizes of an image by their names.

    Takes the dimensions of the picture as it is shown, upright.
    """
    place = reverse("image_size", args=[image.pk, version_of(image), "x"]).removesuffix("x")
    return {
        name: SizedFile(place + name, *dimensions)
        for name, *dimensions in _dimensions(width, height, _focus(image))
    }


def version_of(image: Any) -> str:
    """Return what changes in the addresses of an image when its file or focal point does."""
    parts = f"{image.file.name} {image.file_hash} {_focus(image)}"
    return sha256(parts.encode()).hexdigest()[:8]


def _focus(image: Any) -> tuple[int, ...] | None:
    area = image.get_focal_point()
    return area and (area.left, area.top, area.right, area.bottom)


@lru_cache(maxsize=4096)
def _dimensions(
    width: int, height: int, focus: tuple[int, ...] | None
) -> tuple[tuple[str, int, int], ...]:
    return tuple(_measured(width, height, focus))


def _measured(
    width: int, height: int, focus: tuple[int, ...] | None
) -> Iterator[tuple[str, int, int]]:
    shape = SimpleNamespace(is_svg=lambda: False, get_focal_point=lambda: focus and Rect(*focus))
    for size in SIZES.values():
        across, down = size.filter.get_transform(shape, (width, height)).size
        yield size.name, across, down
