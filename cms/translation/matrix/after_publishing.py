"""Tell whoever has published an original what became of its translations."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail.admin import messages

from cms.core.after_commit import after_commit
from cms.core.editing_rights import edit_url_of
from cms.core.i18n import language_in_sentence

from ..engine.part_labels import part_labels
from ..engine.time_sentences import question_sentences
from ..models import TranslationState
from .loading import family_of
from .next_steps import TIMES
from .viewers import Viewer


def tell_what_was_carried_over(request: HttpRequest, instance: Any, **kwargs: Any) -> None:
    """Tell which parts a publication has brought into other languages, and which it has not.

    Receives `published_by`, whoever published: an editor, or a reviewer who approved.
    """
    # After what is carried over, which also waits for the commit.
    after_commit(tell, request, instance)


def tell(request: HttpRequest, instance: Any) -> None:
    """Tell of the latest publication of an original, when all that follows it is done."""
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
    tell_of_times(request, instance)


def tell_of_times(request: HttpRequest, instance: Any) -> None:
    """Tell in which times translations differ from an original, and lead to where it is asked."""
    family = family_of(instance)
    if family is None or family.original.pk != instance.pk:
        return
    for cell in family.targets():
        question, version = cell.times_question, cell.version
        if question is None or version is None:
            continue
        sentences = question_sentences(question, cell.locale.language_code)
        buttons = None
        if Viewer(request.user).may_open(family.model, version, cell.locale.pk):
            url = edit_url_of(family.model, version.pk) + TIMES
            buttons = [messages.button(url, _("Decide about times"))]
        told = [*sentences, _("Nothing follows by itself.")]
        messages.warning(request, " ".join(told), buttons=buttons)
