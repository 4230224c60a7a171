"""The address of a page's comments, for the e-mails that Wagtail sends of them."""

from django import template
from wagtail.models import Page
from wagtail_localize.models import TranslationSource

from ..comments.notices import comments_address

register = template.Library()


@register.simple_tag
def address_for_translators(page: Page) -> str:
    """Return the absolute address at which translators read and answer; empty without any."""
    source = {"object": page.translation_key, "locale": page.locale_id}
    if not TranslationSource.objects.filter(**source).exists():
        return ""
    return comments_address(page.translation_key, page.locale_id)
