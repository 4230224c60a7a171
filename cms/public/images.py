"""Describes images for the public: a few fixed widths, in WebP."""

import logging
import warnings
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import DatabaseError
from PIL import Image as PillowImage
from wagtail.images.models import AbstractImage, AbstractRendition, Filter

from cms.core.after_commit import after_commit
from cms.core.changes import Change
from cms.core.models import ImageFault

from .schemas import FocalPoint, Image, ImageCandidate

logger = logging.getLogger(__name__)

WIDTHS = (480, 800, 1200, 1600)
DEFAULT_WIDTH = 800
# Made once: a filter parses its specification only once.
RENDITION_FILTERS = tuple(Filter(spec=f"width-{width}|format-webp") for width in WIDTHS)
SPECS = tuple(wanted.spec for wanted in RENDITION_FILTERS)

# Pillow reads the size from a file's header and refuses more than twice its limit before it decodes
# anything, for uploads and for code alike. Up to twice the limit it only warns.
PillowImage.MAX_IMAGE_PIXELS = settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS // 2
warnings.simplefilter("ignore", PillowImage.DecompressionBombWarning)


def public_image(image: Any, *, alt: str, decorative: bool = False) -> Image | None:
    """Return the public description of an image, None where it cannot be shown.

    Takes the image (with prefetched renditions and its `fault`, or they are looked up) and the
    alternative text of this use; a decorative image has none.
    """
    renditions = _renditions(image)
    if not renditions:
        return None
    # A small original is not enlarged, so several widths can have the same picture.
    candidates = {
        rendition.width: ImageCandidate(
            src=rendition.url, width=rendition.width, height=rendition.height
        )
        for rendition in renditions.values()
    }
    main = renditions.get(f"width-{DEFAULT_WIDTH}|format-webp") or [*renditions.values()][-1]
    return Image(
        alt="" if decorative else alt,
        src=main.url,
        width=main.width,
        height=main.height,
        srcset=list(candidates.values()),
        focal_point=_focal_point(image),
    )


def make_renditions(image: Any) -> None:
    """Make the missing sizes of an image, the smallest first, one at a time.

    Stores an `ImageFault` where one cannot be made, and deletes it where all can.
    """
    present = set(
        image.renditions.filter(filter_spec__in=SPECS).values_list("filter_spec", flat=True)
    )
    try:
        for wanted in RENDITION_FILTERS:
            if wanted.spec not in present:
                image.create_rendition(wanted)
    except DatabaseError:
        raise
    except Exception as error:  # Pillow, Willow and each storage raise errors of their own
        if image.renditions.filter(filter_spec__in=SPECS).count() > len(present):
            # Readers get more than before, though not all: a fault that is new has a row.
            ImageFault.objects.filter(image=image).delete()
        note_fault(image, error)
    else:
        ImageFault.objects.filter(image=image).delete()


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


def _focal_point(image: Any) -> FocalPoint | None:
    point = image.get_focal_point()
    if point is None or not image.width or not image.height:
        return None
    return FocalPoint(
        x=round(point.centroid.x / image.width, 4), y=round(point.centroid.y / image.height, 4)
    )
