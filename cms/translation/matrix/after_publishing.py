"""Tell an editor who has published an original what became of its translations."""

from functools import partial
from typing import Any

from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail.admin import messages

from cms.core.i18n import language_in_sentence

from ..engine.part_labels import part_labels
from ..models import TranslationState


def tell_what_was_carried_over(request: HttpRequest, instance: Any) -> None:
    """Tell which parts a publication has brought into other languages, and which it has not.

    Takes the request that has published, or saved a draft, of which nothing is told.
    """
    if "action-publish" in request.POST:
        # After what is carried over, which also waits for the commit.
        transaction.on_commit(partial(tell, request, instance), robust=True)


def tell(request: HttpRequest, instance: Any) -> None:
    """Tell of the latest publication of an original, when all that follows it is done."""
    # The instance of the form is not the one that was published.
    instance.refresh_from_db(fields=["last_published_at"])
    states = TranslationState.objects.filter(
        translation__source__object_id=instance.translation_key,
        translation__source__locale=instance.locale_id,
    ).select_related("translation__target_locale")
    for state in states:
        words = {"language": language_in_sentence(state.translation.target_locale.language_code)}
        if state.carried_at is not None and state.carried_at >= instance.last_published_at:
            words["parts"] = "; ".join(part_labels(type(instance), state.carried_parts))
            messages.info(request, _("Carried over into %(language)s: %(parts)s.") % words)
        if state.parts:
            words["parts"] = "; ".join(part_labels(type(instance), state.parts))
            messages.warning(
                request,
                _(
                    "Not yet in %(language)s: %(parts)s. It follows when the translation is "
                    "published."
                )
                % words,
            )
