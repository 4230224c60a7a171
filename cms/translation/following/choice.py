"""Ask an editor who unpublishes, moves or deletes a source what to do with its translations.

`pages` and `snippets` call this from Wagtail's hooks.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from django import forms
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page
from wagtail_localize.models import Translation

from cms.core.i18n import language_in_sentence

FIELD: Final = "translations"


class Choice(StrEnum):
    """The editor's answer: the same action for the translations, or leave them as they are."""

    SAME = "same"
    KEEP = "keep"


class SourceAction(StrEnum):
    """The action that the editor takes on the source, by its name in Wagtail's bulk actions."""

    UNPUBLISH = "unpublish"
    MOVE = "move"
    DELETE = "delete"


# Title of the page and labels of the choices SAME and KEEP, by action.
WORDS: Final = {
    SourceAction.UNPUBLISH: (
        _("Unpublish"),
        _("Unpublish the translations too"),
        _("Keep the translations published. Their status will say that the source is not."),
    ),
    SourceAction.MOVE: (
        _("Move"),
        _("Move the translations to the same place in their language"),
        _("Leave the translations where they are"),
    ),
    SourceAction.DELETE: (
        _("Delete"),
        _("Delete the translations too, with the pages below them"),
        _("Keep the translations. They will no longer follow any source."),
    ),
}


@dataclass(frozen=True)
class AffectedTranslation:
    """A translation of the source; a non-empty `obstacle` tells why it cannot follow.

    Or an alias that keeps the place of an untranslated source for the pages below it.
    """

    target: Any
    obstacle: str = ""

    @property
    def language(self) -> str:
        return capfirst(language_in_sentence(self.target.locale.language_code))

    @property
    def title(self) -> str:
        if isinstance(self.target, Page):
            return str(self.target.get_admin_display_title())
        return str(self.target)

    @property
    def is_alias(self) -> bool:
        return isinstance(self.target, Page) and self.target.alias_of_id is not None

    @property
    def below(self) -> int:
        """Number of pages below it in the tree."""
        return self.target.get_descendant_count() if isinstance(self.target, Page) else 0


class ChoiceForm(forms.Form):
    """Radio buttons with the possible choices."""

    def __init__(self, choices: list[tuple[Choice, Any]]) -> None:
        super().__init__()
        self.fields[FIELD] = forms.ChoiceField(
            label=_("What should happen to the translations?"),
            choices=[(choice.value, words) for choice, words in choices],
            initial=choices[0][0].value if len(choices) == 1 else None,
            widget=forms.RadioSelect,
        )


def targets_of(instances: Iterable[Any]) -> list[Any]:
    """Return the pages or snippets translated from any of the objects, without the objects."""
    instances = list(instances)
    keys = {(instance.translation_key, instance.locale_id) for instance in instances}
    gone = {instance.pk for instance in instances}
    translations = Translation.objects.filter(
        source__object_id__in=[key for key, _locale in keys]
    ).select_related("source", "target_locale")
    wanted = {
        (each.source.object_id, each.target_locale_id)
        for each in translations
        if (each.source.object_id, each.source.locale_id) in keys
    }
    if not wanted:
        return []
    model = Page if isinstance(instances[0], Page) else type(instances[0])
    siblings = model._base_manager.filter(translation_key__in=[key for key, _locale in wanted])
    found = siblings.exclude(pk__in=gone).select_related("locale").order_by("pk")
    if model is Page:
        found = Page.objects.filter(pk__in=found.values("pk")).order_by("path").specific()
    return [each for each in found if (each.translation_key, each.locale_id) in wanted]


def choice_in(request: HttpRequest) -> Choice | None:
    """Return the submitted choice, or None where the question was not answered yet."""
    answer = request.POST.get(FIELD, "")
    return Choice(answer) if answer in Choice.__members__.values() else None


def question_page(
    request: HttpRequest,
    source_action: SourceAction,
    subject: str,
    affected: list[AffectedTranslation],
) -> HttpResponse:
    """Render the question; its form repeats all submitted values beside the answer."""
    title, same, keep = WORDS[source_action]
    sent = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in (FIELD, "csrfmiddlewaretoken")
        for value in values
    ]
    can_follow = all(not translation.obstacle for translation in affected)
    form = ChoiceForm([(Choice.SAME, same)] * can_follow + [(Choice.KEEP, keep)])
    return TemplateResponse(
        request,
        "translation/ask_translations.html",
        {
            "title": title,
            "subject": subject,
            "affected": affected,
            "form": form,
            "sent": sent,
            "is_serious": source_action == SourceAction.DELETE,
            "action": request.get_full_path(),
        },
    )


def ask_or_apply(
    request: HttpRequest,
    source_action: SourceAction,
    subject: str,
    affected: list[AffectedTranslation],
    apply: Callable[[], HttpResponse | None],
    keep: Callable[[], None] = lambda: None,
) -> HttpResponse | None:
    """Ask the editor, or call `apply` if the answer is SAME; None lets Wagtail go on alone.

    Calls `keep` before that if the answer is KEEP.
    """
    if not affected:
        return None
    if choice_in(request) == Choice.KEEP:
        keep()
        return None
    if choice_in(request) == Choice.SAME and all(
        not translation.obstacle for translation in affected
    ):
        return apply()
    return question_page(request, source_action, subject, affected)
