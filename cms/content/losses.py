"""Find what readers will not see of what a publication refers to.

A page shows no question, concern or invitation that is not live in the language of its reader.
`losses` names those to which a page or snippet begins to refer; `told_losses` stops a publication
in the admin that has some.
"""

from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import Any, NamedTuple

from django import forms
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.models import DraftStateMixin, Locale, Page, ReferenceIndex, TranslatableMixin

from cms.core.i18n import language_in_sentence
from cms.core.keyed_streams import KEY_OF_ROW
from cms.public.outgoing_references import by_model, references

# The field of a form with the keys of the losses that its sender has seen.
ACCEPTED = "accepted_losses"
# Buttons of Wagtail's editors that publish, or lead to a publication without the form.
PUBLISHING = ("action-publish", "action-submit", "action-restart-workflow")

Found = tuple[type[Any], int]


class Loss(NamedTuple):
    """An object that readers of one language will not see; `key` is equal for its translations."""

    key: str
    sentence: str


class LossForm(WagtailAdminModelForm):
    """Stops a publication once that refers to what readers will not see."""

    data: Any
    formsets: Any
    accepted_losses = forms.CharField(required=False, widget=forms.HiddenInput)

    def add_error(self, field: str | None, error: Any) -> None:
        """Add an error, without a field where the form does not have the one that it is of.

        API v3 makes a form of the fields that a program changes; what it changes may be at odds
        with a field that it does not.
        """
        if field is None and hasattr(error, "error_dict"):
            for name, errors in error.error_dict.items():
                super().add_error(name if name in self.fields else None, errors)
        else:
            super().add_error(field, error)

    def _post_clean(self) -> None:
        # Fills the instance.
        super()._post_clean()
        # A preview of what was never saved has no language.
        if self.instance.locale_id is None or not _publishes(self.data):
            return
        lost = losses(self.instance, self._references())
        if unseen(lost, self.data.get(self.add_prefix(ACCEPTED))):
            # The form that is shown again has seen them.
            self.data = self.data.copy()
            self.data[self.add_prefix(ACCEPTED)] = keys_of(lost)
            told = [each.sentence for each in lost]
            self.add_error(
                None, ValidationError([*told, _("Send it again if you want it all the same.")])
            )

    def _references(self) -> Iterator[Found]:
        model = type(self.instance)
        yield from references(self.instance, {each.name for each in model._meta.concrete_fields})
        for formset in getattr(self, "formsets", {}).values():
            if issubclass(formset.model, TranslatableMixin):
                # As they were sent: they are checked when the form is.
                for row in formset.forms:
                    if not row["DELETE"].data:
                        yield from _chosen_in(row)


def _chosen_in(row: forms.ModelForm[Any]) -> Iterator[Found]:
    for name, field in row.fields.items():
        key = str(row[name].data)
        queryset = field.queryset if isinstance(field, forms.ModelChoiceField) else None
        if queryset is not None and KEY_OF_ROW.fullmatch(key):
            yield queryset.model, int(key)


def losses(instance: Any, found: Iterable[Found]) -> list[Loss]:
    """Return what is new among references, and what a language of the object lacks.

    Takes the object as it would be published, and what it refers to. Readers in another language
    lose nothing where the object refers to it there already.
    """
    new = _of_shared_content(found)
    if new and instance.pk is not None and instance.live:
        new -= _live_references(instance)
    if not new:
        return []
    siblings = []
    if instance.pk is not None:
        siblings = list(instance.get_translations().filter(live=True).select_related("locale"))
    lost: list[Loss] = []
    for model, keys in by_model(new).items():
        chosen: dict[int, Any] = model._default_manager.in_bulk(keys)
        families = {each.translation_key for each in chosen.values()}
        lacking = {instance.locale: families}
        for sibling in siblings:
            known = {pk for kind, pk in _live_references(sibling) if kind is model}
            shown = model._default_manager.filter(pk__in=known)
            lacking[sibling.locale] = families - {*shown.values_list("translation_key", flat=True)}
        lost += _missing(model, [chosen[key] for key in sorted(chosen)], lacking)
    return lost


def losses_of(instance: Any) -> list[Loss]:
    """Return the losses of an object that would be published as it is in memory."""
    return losses(instance, references(instance))


def keys_of(lost: Iterable[Loss]) -> str:
    """Return the value of the field `accepted_losses` of a sender who has seen these."""
    return "_".join(dict.fromkeys(each.key for each in lost))


def unseen(lost: Iterable[Loss], accepted: str | None) -> list[Loss]:
    """Return the losses that the sender of a form has not seen."""
    seen = set((accepted or "").split("_"))
    return [each for each in lost if each.key not in seen]


def _publishes(data: Any) -> bool:
    approves = data.get("workflow-action-name") == "approve" and "action-workflow-action" in data
    return approves or any(name in data for name in PUBLISHING)


def _missing(
    model: type[Any], chosen: list[Any], lacking: dict[Locale, set[Any]]
) -> Iterator[Loss]:
    there = set(
        model._default_manager.filter(
            translation_key__in=[each.translation_key for each in chosen],
            locale__in=lacking,
            live=True,
        ).values_list("translation_key", "locale")
    )
    for each in chosen:
        for locale, families in lacking.items():
            key = (each.translation_key, locale.pk)
            if each.translation_key in families and key not in there:
                name = f"{model._meta.label_lower} {each.translation_key} {locale.pk}"
                yield Loss(sha256(name.encode()).hexdigest()[:12], _sentence(each, locale))


def _sentence(chosen: Any, locale: Locale) -> str:
    words = {
        "type": capfirst(chosen._meta.verbose_name),
        "title": str(chosen),
        "language": language_in_sentence(locale.language_code),
    }
    if locale.pk == chosen.locale_id:
        text = _("%(type)s “%(title)s” is not published, so readers will not see it.")
    else:
        text = _("%(type)s “%(title)s” is not published in %(language)s, so readers there lack it.")
    return text % words


def _of_shared_content(found: Iterable[Found]) -> set[Found]:
    return {(model, key) for model, key in found if _is_shared(model)}


def _is_shared(model: type[Any]) -> bool:
    is_draftable = issubclass(model, DraftStateMixin) and not issubclass(model, Page)
    return is_draftable and issubclass(model, TranslatableMixin)


def _live_references(instance: Any) -> set[Found]:
    """Return what the live content of an object refers to, in one query."""
    rows = ReferenceIndex.get_references_for_object(instance).values_list(
        "to_content_type", "to_object_id"
    )
    found: set[Found] = set()
    for content_type, key in rows:
        model: Any = ContentType.objects.get_for_id(content_type).model_class()
        if _is_shared(model):
            found.add((model, int(key)))
    return found
