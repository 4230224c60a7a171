"""Name the parts of a content as the edit form names them, in the language of the admin."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import ForeignObjectRel
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.blocks import ListBlock, StreamBlock, StructBlock
from wagtail.fields import StreamField

from .parts import FORM, ORDER


def part_labels(model: Any, kinds: Iterable[str]) -> list[str]:
    """Return the labels of kinds of parts (`TranslationState.parts`), each once."""
    return list(dict.fromkeys(_label(model, kind) for kind in kinds))


def _label(model: Any, kind: str) -> str:
    path, _mark, suffix = kind.partition("#")
    place = " · ".join(dict.fromkeys(_names(model, path.split("."))))
    if f"#{suffix}" == ORDER:
        return _("%(place)s: what there is, in which order") % {"place": place}
    if f"#{suffix}" == FORM:
        return _("%(place)s: links and form") % {"place": place}
    return place


def _names(model: Any, steps: list[str]) -> list[str]:
    """Return the labels on the way to a part; of a field that is gone, its name."""
    name, *rest = steps
    try:
        field: Any = model._meta.get_field(name)
    except FieldDoesNotExist:
        return [name]
    if isinstance(field, ForeignObjectRel):
        plural = capfirst(str(field.related_model._meta.verbose_name_plural))
        return [plural, *(_names(field.related_model, rest[1:]) if rest[1:] else [])]
    names = []
    block: Any = field.stream_block if isinstance(field, StreamField) else None
    for step in rest:
        if isinstance(block, ListBlock):
            block = block.child_block
        elif isinstance(block, StreamBlock | StructBlock) and step in block.child_blocks:
            block = block.child_blocks[step]
        else:
            break
        names.append(capfirst(str(block.label)))
    # A block says more than the field that holds it.
    return names or [capfirst(str(field.verbose_name))]
