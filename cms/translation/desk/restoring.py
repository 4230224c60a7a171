"""Leads from Wagtail's ways to restore a version to the desk's, where an object has a desk.

Wagtail would make a draft of the whole version beside the texts of the desk, and the desk's next
draft would undo it.
"""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Revision

from ..engine.family import to_itself, translations_of


def refuse_restoring(instance: Any, revision: Revision) -> None:
    """Refuse to restore a version of a target by an API, with the address of the desk's way.

    Raises PermissionDenied.
    """
    translation = to_itself(instance, translations_of(instance))
    if translation is not None and translation.enabled:
        raise PermissionDenied(
            _("This is translated beside its original. Restore the version there: %(address)s")
            % {"address": reverse("translation_version", args=[translation.pk, revision.pk])}
        )
