"""Image files: their hashes, their validation and what happens where a rendition fails.

From `wagtail.images.models`, `.fields`, `.image_operations` and `.rect`, Wagtail 8.0; the last two
are for the dimensions of a size that has not been made. A custom image model could override the
methods, but replacing the image model of a site with content is a migration of all its data.
Wagtail's choosers and lists answer 500 for a file that is gone or damaged (wagtail/wagtail issue
1792); its form makes its image field by itself.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from wagtail.images.fields import WagtailImageField
from wagtail.images.image_operations import FilterOperation
from wagtail.images.models import AbstractImage, SourceImageIOError
from wagtail.images.rect import Rect

__all__ = [
    "FilterOperation",
    "Rect",
    "SourceImageIOError",
    "WagtailImageField",
    "renew_file_hash",
]


def wrap_get_rendition(wrapper: Callable[..., Any]) -> None:
    """Wrap `get_rendition(self, filter)` of every image; the wrapper gets the original first."""
    original = AbstractImage.get_rendition

    @wraps(original)
    def wrapped(image: Any, wanted: Any) -> Any:
        return wrapper(original, image, wanted)

    AbstractImage.get_rendition = wrapped


def renew_file_hash(file: Any) -> None:
    """Set `file_hash` of an image or document, without saving, which `get_file_hash` does.

    Raises OSError or SourceImageIOError where the file cannot be read.
    """
    file._set_file_hash()
