"""Offers the description of an image as the text alternative of each of its uses.

An image has one description, in the default language: pages in other languages are offered none.
"""

import json
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _

from cms.upstream.admin_views import versioned_static

SCRIPT = "content/image_description.js"


def description_offer() -> dict[str, str]:
    """Return the language of descriptions, and the text of the button that takes one over."""
    return {
        "locale": settings.LANGUAGE_CODE,
        "label": _("Use the description of the image: “%(description)s”"),
    }


class AltTextInput(forms.TextInput):
    """The text alternative of the image that another field of the form chooses.

    Takes the id of that field in the form.
    """

    def __init__(self, describes: str, attrs: Any = None) -> None:
        self.describes = describes
        super().__init__(attrs)

    def build_attrs(self, base_attrs: Any, extra_attrs: Any = None) -> dict[str, Any]:
        offer = json.dumps(description_offer())
        own = {"data-describes": self.describes, "data-offer": offer}
        return {**super().build_attrs(base_attrs, extra_attrs), **own}

    @property
    def media(self) -> forms.Media:
        return forms.Media(js=[versioned_static(SCRIPT)])
