"""Say before a publication what readers will not see of what it refers to.

A page shows no question or invitation that is not live in the language of its reader. A publication
that begins to refer to one, in a field or a stream, is stopped once, and goes through when it is
sent again with the same content.
"""

from collections import defaultdict
from collections.abc import Iterator
from hashlib import sha256
from typing import Any, NamedTuple

from django import forms
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.models import DraftStateMixin, Locale, Page, ReferenceIndex

from cms.core.i18n import language_in_sentence

# Buttons of Wagtail's editors that publish, or lead to a publication without the form.
PUBLISHING = ("action-publish", "action-submit")


class Reference(NamedTuple):
    """An object of shared content: its model and the id of its row."""

    model: type[Any]
    pk: Any


class LossForm(WagtailAdminModelForm):
    """Stops a publication once that refers to what readers will not see."""

    data: Any
    accepted_losses = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean(self) -> Any:
        cleaned: Any = super().clean()
        # A preview of what was never saved has no language.
        if self.instance.locale_id is None or not any(name in self.data for name in PUBLISHING):
            return cleaned
        losses = list(_losses(self.instance, cleaned))
        told = sha256("\n".join(losses).encode()).hexdigest()[:16] if losses else ""
        if losses and cleaned.get("accepted_losses") != told:
            # The form that is shown again has seen them.
            self.data = self.data.copy()
            self.data[self.add_prefix("accepted_losses")] = told
            self.add_error(
                None, ValidationError([*losses, _("Send it again if you want it all the same.")])
            )
        return cleaned


def _losses(instance: Any, cleaned: dict[str, Any]) -> Iterator[str]:
    """Yield a sentence for each thing that is new and that a language of the object lacks."""
    references = {*_references(instance, cleaned)}
    by_model = defaultdict(set)
    for model, pk in references and references - _known_references(instance):
        by_model[model].add(pk)
    if not by_model:
        return
    siblings = instance.get_translations().filter(live=True) if instance.pk else []
    locales = [instance.locale, *(sibling.locale for sibling in siblings)]
    for model, keys in by_model.items():
        yield from _missing(model, keys, locales)


def _missing(model: type[Any], keys: set[Any], locales: list[Locale]) -> Iterator[str]:
    chosen = model._default_manager.in_bulk(keys)
    there = set(
        model._default_manager.filter(
            translation_key__in=[each.translation_key for each in chosen.values()],
            locale__in=locales,
            live=True,
        ).values_list("translation_key", "locale")
    )
    for key in sorted(chosen):
        each = chosen[key]
        for locale in locales:
            if (each.translation_key, locale.pk) not in there:
                yield _sentence(each, locale)


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


def _references(instance: Any, cleaned: dict[str, Any]) -> Iterator[Reference]:
    """Yield what the values of a form refer to, in its fields and streams."""
    for name, value in cleaned.items():
        if value is None or name not in _field_names(instance):
            continue
        field = instance._meta.get_field(name)
        if hasattr(field, "extract_references"):
            for model, pk, *_path in field.extract_references(value):
                yield from _of_shared_content(model, pk)
        elif field.is_relation and field.many_to_one:
            yield from _of_shared_content(type(value), value.pk)


def _field_names(instance: Any) -> set[str]:
    return {field.name for field in instance._meta.concrete_fields}


def _of_shared_content(model: type[Any], pk: Any) -> Iterator[Reference]:
    is_shared = issubclass(model, DraftStateMixin) and not issubclass(model, Page)
    if is_shared and hasattr(model, "translation_key"):
        key = model._meta.pk.to_python(pk)
        yield Reference(model, key)


def _known_references(instance: Any) -> set[Reference]:
    """Return what the live content refers to already."""
    if instance.pk is None or not instance.live:
        return set()
    rows = ReferenceIndex.get_references_for_object(instance).values_list(
        "to_content_type", "to_object_id"
    )
    found: set[Reference] = set()
    for content_type, pk in rows:
        model: Any = ContentType.objects.get_for_id(content_type).model_class()
        found.update(_of_shared_content(model, pk))
    return found
