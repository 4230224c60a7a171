"""Images as the public gets them: a few fixed widths, in WebP."""

from typing import Any

from wagtail.images.models import Filter

from .schemas import FocalPoint, Image, ImageCandidate

WIDTHS = (480, 800, 1200, 1600)
DEFAULT_WIDTH = 800
# Each reads its operations once, and not for every image.
RENDITION_FILTERS = tuple(Filter(spec=f"width-{width}|format-webp") for width in WIDTHS)


def public_image(image: Any, *, alt: str, decorative: bool = False) -> Image:
    """Describe a Wagtail image for a page.

    Takes the image (with prefetched renditions, or they are looked up) and the alternative
    text of this use; a decorative image has none.
    """
    renditions = image.get_renditions(*RENDITION_FILTERS)
    candidates: dict[int, ImageCandidate] = {}
    for wanted in RENDITION_FILTERS:
        rendition = renditions[wanted.spec]
        # A small original is not enlarged, so several widths can give the same picture.
        candidates[rendition.width] = ImageCandidate(
            src=rendition.url, width=rendition.width, height=rendition.height
        )
    main = renditions[f"width-{DEFAULT_WIDTH}|format-webp"]
    return Image(
        alt="" if decorative else alt,
        src=main.url,
        width=main.width,
        height=main.height,
        srcset=list(candidates.values()),
        focal_point=_focal_point(image),
    )


def _focal_point(image: Any) -> FocalPoint | None:
    point = image.get_focal_point()
    if point is None or not image.width or not image.height:
        return None
    return FocalPoint(
        x=round(point.centroid.x / image.width, 4), y=round(point.centroid.y / image.height, 4)
    )
