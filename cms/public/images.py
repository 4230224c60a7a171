"""Describes images for the public, and makes the files of their sizes."""

import logging
import warnings
from collections.abc import Callable, Iterable
from contextlib import nullcontext
from pathlib import PurePath
from typing import Any, Final

from django.conf import settings
from django.db import DatabaseError
from PIL import Image as pillow
from wagtail.images.models import AbstractImage, AbstractRendition, Filter
from wagtail.models import Site
from willow.plugins.pillow import PillowImage  # type: ignore[import-untyped]

from cms.core.after_commit import after_commit
from cms.core.changes import Change
from cms.core.models import ImageFault

from .image_sizes import AVIF_SIZES, CROP_SIZES, SIZES, Size, SizedFile, sized_files
from .page_paths import absolute_url
from .schemas import (
    Crop,
    Crops,
    FocalPoint,
    Image,
    ImageCandidate,
    ImageSource,
    OriginalImage,
)

logger = logging.getLogger(__name__)

WIDTHS = (480, 800, 1200, 1600)
DEFAULT_WIDTH = 800
# Made once: a filter parses its specification only once.
RENDITION_FILTERS = tuple(Filter(spec=f"width-{width}|format-webp") for width in WIDTHS)
SPECS = tuple(wanted.spec for wanted in RENDITION_FILTERS)
MADE_AT_ONCE = (*RENDITION_FILTERS, *(size.filter for size in SIZES.values()))
AVIF, WEBP = "image/avif", "image/webp"
# Types of the files that may be uploaded; not every system knows the newer ones.
MIME_TYPES: Final = {
    ".avif": "image/avif",
    ".gif": "image/gif",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
}

# Pillow reads the size from a file's header and refuses more than twice its limit before it decodes
# anything, for uploads and for code alike. Up to twice the limit it only warns.
pillow.MAX_IMAGE_PIXELS = settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS // 2
warnings.simplefilter("ignore", pillow.DecompressionBombWarning)


class LargePicture(PillowImage):
    """A decoded picture that is made smaller in two steps, which is ten times as quick."""

    def auto_orient(self) -> "LargePicture":
        return self  # already is

    def crop(self, rect: Any) -> "LargePicture":
        return LargePicture(super().crop(rect).image)

    def resize(self, size: tuple[int, int]) -> PillowImage:
        if self.image.mode not in {"RGB", "RGBA", "L"}:
            return super().resize(size)
        smaller = self.image.resize(size, pillow.Resampling.LANCZOS, reducing_gap=3.0)
        return PillowImage(smaller)


def public_image(image: Any, *, site: Site) -> Image | None:
    """Return the public description of an image, None where it cannot be shown.

    Takes the image (with prefetched renditions and its `fault`, or they are looked up). The text
    alternative is empty, for each use has its own.
    """
    renditions = _renditions(image)
    if not renditions:
        return None
    # A small original is not enlarged, so several widths can have the same picture. Its first file
    # counts, here and for `main`.
    candidates = {
        rendition.width: ImageCandidate(
            src=rendition.url, width=rendition.width, height=rendition.height
        )
        for rendition in reversed(renditions.values())
    }
    srcset = [*reversed(candidates.values())]
    main = renditions.get(f"width-{DEFAULT_WIDTH}|format-webp") or [*renditions.values()][-1]
    # Wagtail stores them as they were before the file is turned by a quarter, as its EXIF data say.
    is_turned = (main.width < main.height) != (image.width < image.height)
    width, height = (image.height, image.width) if is_turned else (image.width, image.height)
    # A file that cannot be shown in all widths cannot be in the further sizes.
    is_whole = len(renditions) == len(RENDITION_FILTERS)
    further = sized_files(image, width, height) if is_whole else {}
    return Image(
        alt="",
        src=main.url,
        url=absolute_url(site, main.url),
        mime_type=WEBP,
        width=main.width,
        height=main.height,
        srcset=srcset,
        sources=_sources(srcset, further, site),
        crops=_crops(further, site) if further else None,
        focal_point=_focal_point(image),
        original=OriginalImage(width=width, height=height, mime_type=mime_type(image.file.name)),
    )


def mime_type(name: str) -> str:
    """Return the media type of a file by the end of its name."""
    return MIME_TYPES.get(PurePath(name).suffix.lower(), "application/octet-stream")


def make_renditions(image: Any) -> None:
    """Make the missing sizes of an image one at a time, first those that every page needs.

    Stores an `ImageFault` where one cannot be made, and deletes it where all can.
    """
    before = _specs_of(image)
    try:
        _create(image, [wanted for wanted in MADE_AT_ONCE if wanted.spec not in before])
    except DatabaseError:
        raise
    except Exception as error:  # Pillow, Willow and each storage raise errors of their own
        if len(_specs_of(image)) > len(before):
            # Readers get more than before, though not all: a fault that is new has a row.
            ImageFault.objects.filter(image=image).delete()
        note_fault(image, error)
    else:
        ImageFault.objects.filter(image=image).delete()


def make_size(image: Any, size: Size) -> AbstractRendition:
    """Return the rendition of a size, made where it is missing."""
    key = size.filter.get_cache_key(image)
    found = image.renditions.filter(filter_spec=size.filter.spec, focal_point_key=key).first()
    rendition: AbstractRendition = found or image.create_rendition(size.filter)
    return rendition


def note_fault(image: Any, error: Exception) -> None:
    reason = f"{type(error).__name__}: {error}"
    _fault, is_new = ImageFault.objects.update_or_create(image=image, defaults={"reason": reason})
    if is_new:
        logger.warning("Image %s (%s) cannot be shown: %s", image.pk, image.file.name, reason)


def make_renditions_soon(change: Change) -> None:
    """Make the sizes of a saved image when it is committed, so that no visitor waits for them."""
    after_commit(make_renditions, change.after)


def rendition_or_empty(
    get_rendition: Callable[..., AbstractRendition], image: AbstractImage, wanted: Filter | str
) -> AbstractRendition:
    """Return a rendition, an empty one for an image that has none; wraps `get_rendition`.

    Wagtail does so by itself in some places (`get_rendition_or_not_found`), for files that are
    gone. Choosers do not, and a damaged file is an error of the server in every list of images.
    """
    try:
        return get_rendition(image, wanted)
    except DatabaseError:
        raise
    except Exception:
        logger.debug("No rendition %s of image %s", wanted, image.pk, exc_info=True)
        rendition = image.get_rendition_model()(image=image, width=0, height=0)
        rendition.file.name = "not-found"
        return rendition


def _renditions(image: Any) -> dict[str, Any]:
    """Return the public renditions by their specs, the narrowest first.

    Images of an older database have none yet: the first reader makes them.
    """
    found = image.find_existing_renditions(*RENDITION_FILTERS)
    if len(found) < len(RENDITION_FILTERS) and not hasattr(image, "fault"):
        make_renditions(image)
        image.prefetched_renditions = list(image.renditions.filter(filter_spec__in=SPECS))
        found = image.find_existing_renditions(*RENDITION_FILTERS)
    return {wanted.spec: found[wanted] for wanted in RENDITION_FILTERS if wanted in found}


def _specs_of(image: Any) -> set[str]:
    """Return the specifications of the sizes that an image has, as it is now."""
    stored = image.renditions.values_list("filter_spec", "focal_point_key")
    present = set(stored.filter(filter_spec__in=[wanted.spec for wanted in MADE_AT_ONCE]))
    return {one.spec for one in MADE_AT_ONCE if (one.spec, one.get_cache_key(image)) in present}


def _create(image: Any, missing: Iterable[Filter]) -> None:
    """Create some renditions from a file that is decoded once; Wagtail decodes it for each."""
    if not missing:
        return
    with image.get_willow_image() as opened:
        decoded = LargePicture(opened.auto_orient().get_pillow_image())
        decoded.format_name = opened.format_name
        image.get_willow_image = lambda: nullcontext(decoded)
        try:
            for wanted in missing:
                image.create_rendition(wanted)
        finally:
            del image.get_willow_image


def _sources(
    stored: Iterable[ImageCandidate], further: dict[str, SizedFile], site: Site
) -> list[ImageSource]:
    """Return the formats of an image as `<source>` elements want them, the smallest first."""
    sources = [ImageSource(mime_type=WEBP, srcset=_srcset(stored, site))]
    if further:
        files = [further[size.name] for size in AVIF_SIZES]
        sources.insert(0, ImageSource(mime_type=AVIF, srcset=_srcset(files, site)))
    return sources


def _crops(further: dict[str, SizedFile], site: Site) -> Crops:
    crops = {}
    for ratio, sizes in CROP_SIZES.items():
        files = [further[size.name] for size in sizes]
        crops[ratio] = Crop(
            url=absolute_url(site, files[-1].src),
            width=files[-1].width,
            height=files[-1].height,
            mime_type=WEBP,
            srcset=_srcset(files, site),
        )
    return Crops.model_validate(crops)


def _srcset(files: Iterable[ImageCandidate | SizedFile], site: Site) -> str:
    """Return the value of a `srcset` attribute, each width once."""
    addresses = {file.width: absolute_url(site, file.src) for file in files}
    return ", ".join(f"{address} {width}w" for width, address in addresses.items())


def _focal_point(image: Any) -> FocalPoint | None:
    point = image.get_focal_point()
    if point is None or not image.width or not image.height:
        return None
    return FocalPoint(
        x=round(point.centroid.x / image.width, 4), y=round(point.centroid.y / image.height, 4)
    )
