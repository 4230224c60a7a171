"""Build content with links and read the problems that the report finds."""

from typing import Any

from wagtail.models import Page

from cms.editing.links.queries import problem_links
from tests.factories import ContentPageFactory

REPORT = "/admin/reports/links/"


def linking_to(target: Any, home: Page, **fields: Any) -> Any:
    text = f'<p>Se <a linktype="page" id="{target.pk}">mer om målet</a>.</p>'
    body = [("section", {"heading": "Rubrik", "text": text})]
    return ContentPageFactory(**{"parent": home, "title": "Källan", "body": body, **fields})


def found(user: Any, source: Any) -> list[tuple[str, bool]]:
    """The problems of one object's links, each with whether it is in the draft."""
    model = Page if isinstance(source, Page) else type(source)
    return [
        (link.problem, link.is_draft)
        for link in problem_links(user)
        if link.source_id == source.pk and link.source_type.model_class() is model
    ]
