"""A line on the admin's home page where published content leads nowhere."""

from typing import Any

from django.http import HttpRequest
from wagtail.admin.ui.components import Component

from .finding import problem_links
from .problems import LEADS_NOWHERE


class BrokenLinksPanel(Component):
    name = "broken_links"
    template_name = "editing/broken_links_panel.html"
    order = 230

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        links = problem_links(self.request.user, LEADS_NOWHERE).filter(is_draft=False)
        return {"count": links.count(), "problems": LEADS_NOWHERE}
