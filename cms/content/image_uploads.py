"""Form of uploaded images: in the admin, in choosers and in API v3."""

from io import BytesIO
from types import SimpleNamespace
from typing import Any, Final

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from PIL import Image as PillowImage
from wagtail.images.forms import BaseImageForm

from cms.core.i18n import language_in_sentence
from cms.public.images import RENDITION_FILTERS, WIDTHS
from cms.upstream.images import WagtailImageField

# A picture in WebP has no longer side.
LONGEST_SIDE: Final = 16_383
# Formats with animations (WCAG 2.2, 2.2.2); Willow refuses those in PNG and AVIF. The further
# pictures in the JPEG file of a phone are no animation.
MOVING: Final = ("GIF", "WEBP")


class ShowableImageField(WagtailImageField):
    """Refuses images that the site could not show, with the reason."""

    def check_image_pixel_size(self, f: Any) -> None:
        """Check the pixels by the file's header; Wagtail's own check decodes the whole file."""
        file = f.image.f
        try:
            file.seek(0)
            with PillowImage.open(file) as head:
                width, height = head.size
                moves = head.format in MOVING and getattr(head, "is_animated", False)
            self._check_size(width, height)
            if moves:
                raise ValidationError(
                    _(
                        "This picture moves. The site shows still pictures only, since movement "
                        "that cannot be stopped makes reading hard for many. Save one frame of it "
                        "as a picture and upload that."
                    ),
                    code="moving",
                )
            # The widest of what the site shows, to see whether the rest of the file is sound.
            file.seek(0)
            RENDITION_FILTERS[-1].run(SimpleNamespace(is_svg=lambda: False), BytesIO(), source=file)
        except ValidationError:
            raise
        except PillowImage.DecompressionBombError as error:
            raise _too_many_pixels() from error
        except Exception as error:  # Pillow and Willow raise errors of many kinds
            raise ValidationError(
                _(
                    "This picture cannot be read to its end; the file is damaged. Open it in an "
                    "image editor, save it anew and upload that."
                ),
                code="damaged",
            ) from error
        finally:
            file.seek(0)

    def _check_size(self, width: int, height: int) -> None:
        if width * height > settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS:
            raise _too_many_pixels()
        if height * min(width, WIDTHS[-1]) / width > LONGEST_SIDE:
            raise ValidationError(
                _(
                    "This picture of %(width)d × %(height)d pixels is too narrow for its height to "
                    "be shown. Cut it into several pictures."
                ),
                code="too_narrow",
                params={"width": width, "height": height},
            )


def _too_many_pixels() -> ValidationError:
    return ValidationError(
        _(
            "This picture has more than %(millions)d million pixels, more than the site can show. "
            "Make it smaller and upload it again."
        ),
        code="too_many_pixels",
        params={"millions": settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS // 1_000_000},
    )


class ImageForm(BaseImageForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Wagtail makes the field by itself, and only in forms that take a file.
        if (field := self.fields.get("file")) is not None:
            field.__class__ = ShowableImageField
        if (field := self.fields.get("description")) is not None:
            field.help_text = _(
                "What the image shows, in %(language)s. Pages in that language offer it as text "
                "alternative."
            ) % {"language": language_in_sentence(settings.LANGUAGE_CODE)}
