"""System checks of the rules for page types, blocks and snippets."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import Error, register
from django.core.checks.messages import CheckMessage
from django.template import TemplateDoesNotExist, TemplateSyntaxError
from django.template.loader import get_template
from wagtail.blocks import StreamBlock
from wagtail.fields import StreamField
from wagtail.models import Page, get_page_models


@register
def check_page_types(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Check that every page type extends BasePage and declares its public type and schema."""
    return page_type_errors(model for model in get_page_models() if model is not Page)


def page_type_errors(models: Iterable[type[Page]]) -> list[CheckMessage]:
    from .models import BasePage

    errors: list[CheckMessage] = []
    types: dict[str, type[Page]] = {}
    for model in models:
        if not issubclass(model, BasePage):
            errors.append(
                Error(
                    f"{model.__name__} does not extend BasePage.",
                    hint="Let it extend cms.content.models.BasePage.",
                    obj=model,
                    id="samtal.E001",
                )
            )
            continue
        for name in ("public_type", "content_schema"):
            if not hasattr(model, name):
                errors.append(
                    Error(f"{model.__name__} has no {name}.", obj=model, id="samtal.E002")
                )
        public_type = getattr(model, "public_type", None)
        if public_type is None:
            continue
        if public_type in types:
            errors.append(
                Error(
                    f"{model.__name__} and {types[public_type].__name__} are both called "
                    f"{public_type!r} in the API.",
                    obj=model,
                    id="samtal.E003",
                )
            )
        types[public_type] = model
    return errors


@register
def check_page_blocks(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Check that every block of a page has a public schema, a template and a preview."""
    from .models import page_models

    errors: list[CheckMessage] = []
    for model in page_models():
        for field in model._meta.local_fields:
            if isinstance(field, StreamField):
                errors += block_errors(model, field.stream_block)
    return errors


def block_errors(model: type[Page], stream_block: StreamBlock) -> Iterator[CheckMessage]:
    from cms.public.streams import is_public

    for name, block in stream_block.child_blocks.items():
        where = f"Block {name!r} of {model.__name__}"
        if not is_public(block):
            yield Error(
                f"{where} does not say what it gives to the world.",
                hint="Extend cms.public.streams.PublicBlock and name a public_schema.",
                obj=model,
                id="samtal.E004",
            )
        if getattr(block.meta, "template", None) != f"blocks/{name}.html":
            yield Error(
                f"{where} must have the template blocks/{name}.html.", obj=model, id="samtal.E005"
            )
        else:
            try:
                get_template(block.meta.template)
            except (TemplateDoesNotExist, TemplateSyntaxError) as error:
                yield Error(
                    f"{where}: the template {block.meta.template} cannot be read "
                    f"({type(error).__name__}: {error}).",
                    obj=model,
                    id="samtal.E006",
                )
        if not block.is_previewable or not getattr(block.meta, "description", ""):
            yield Error(
                f"{where} needs a preview and a description for editors.",
                obj=model,
                id="samtal.E007",
            )


@register
def check_snippets(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Check that every snippet type is registered in the admin."""
    from cms.upstream.snippets import registered_snippet_models

    from .models import snippet_models

    registered = set(registered_snippet_models())
    return [
        Error(
            f"{model.__name__} is not registered as a snippet.",
            hint="Give it a SnippetViewSet in its app's wagtail_hooks.py.",
            obj=model,
            id="samtal.E008",
        )
        for model in snippet_models()
        if model not in registered
    ]
