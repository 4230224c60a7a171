"""A therapy method that every endpoint shows, for tests that hide it."""

from dataclasses import dataclass

from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from pages.models import SiteFurniture, TherapyMethodPage
from tests.factories import (
    ConcernFactory,
    ContentPageFactory,
    FaqEntryFactory,
    FaqTopicFactory,
    SelfTestCallToActionFactory,
    TherapyMethodConcernFactory,
    TherapyMethodPageFactory,
)

SECRET = "Kvarknamn"
SLUG = "hemlig-metod"
CONCERN = "hemlig-oro"
LINK_TEXT = "den länkade texten"


@dataclass
class World:
    """A method, and the content that refers to it."""

    page: TherapyMethodPage
    child: Page
    referring: Page

    def addresses(self) -> dict[str, str]:
        """Return an address of every endpoint whose answer has the method."""
        return {
            "pages": "pages/?locale=sv&limit=100",
            "pages of a type": "pages/?locale=sv&type=therapy_method&limit=100",
            "pages of a concern": f"pages/?locale=sv&concern={CONCERN}",
            "pages below the parent": f"pages/?locale=sv&parent={self.page.get_parent().pk}",
            "pages of another language": "pages/?locale=en&fallback=sv&limit=100",
            "parent page": "pages/by-path/?path=/terapimetoder/",
            "referring page": "pages/by-path/?path=/pekar/",
            "referring page as Markdown": "pages/by-path/?path=/pekar/&rich_text=markdown",
            "referring page by id": f"pages/{self.referring.pk}/",
            "FAQ page": "pages/by-path/?path=/vanliga-fragor/",
            "questions": "faqs/?locale=sv&limit=100",
            "topics": "faqs/topics/?locale=sv",
            "calls to action": "self-test-ctas/?locale=sv",
            "concerns": "concerns/?locale=sv&limit=100",
            "navigation": "navigation/?locale=sv",
            "search": "search/?locale=sv&q=kvarknamn",
            "search with a fallback": "search/?locale=en&fallback=sv&q=kvarknamn",
            "pages by id": f"pages/?locale=sv&include=content&ids={self.page.pk}",
            "whole pages": "pages/?locale=sv&limit=100&include=content",
            "whole pages of another language": "pages/?locale=en&fallback=sv&limit=100"
            "&include=content&rich_text=markdown",
            "export": "export/?locale=sv",
            "export with a fallback": "export/?locale=en&fallback=sv",
            "search for a type": "search/?locale=sv&q=kvarknamn&type=therapy_method",
            "urls": "urls/?limit=100",
            "redirects": "redirects/?limit=100",
            "changes": "changes/?since=0&limit=100",
        }

    def gone(self) -> dict[str, str]:
        """Return the addresses that lead nowhere once the method is hidden."""
        return {
            "page by path": f"pages/by-path/?path=/terapimetoder/{SLUG}/",
            "page by id": f"pages/{self.page.pk}/",
            "child by path": f"pages/by-path/?path=/terapimetoder/{SLUG}/barn/",
            "child by id": f"pages/{self.child.pk}/",
            "redirect": "pages/by-path/?path=/gammal-adress/",
        }


def make_world() -> World:
    """Create a therapy method and content of each kind that refers to it."""
    home = Page.objects.get(slug="hem")
    index = Page.objects.get(slug="terapimetoder")
    page = TherapyMethodPageFactory(
        parent=index, title=SECRET, slug=SLUG, heading=SECRET, show_in_menus=True
    )
    child = ContentPageFactory(parent=page, title=f"Under {SECRET}", slug="barn")
    TherapyMethodConcernFactory(page=page, concern=ConcernFactory(slug=CONCERN))
    link = f'<p><a linktype="page" id="{page.pk}">{LINK_TEXT}</a></p>'
    topic = FaqTopicFactory(name="Provämne")
    entry = FaqEntryFactory(topic=topic, answer=link)
    cta = SelfTestCallToActionFactory(target_page=page, target_url="", heading="Inbjudan")
    referring = ContentPageFactory(
        parent=home,
        slug="pekar",
        introduction=link,
        body=[
            ("contact_cta", {"heading": "R", "text": link, "button_label": "B", "page": page}),
            ("related_methods", {"heading": "R", "methods": [page]}),
            ("self_test_cta", {"cta": cta}),
            ("faq_list", {"heading": "F", "entries": [entry]}),
        ],
    )
    furniture = SiteFurniture.objects.get(locale=home.locale)
    furniture.footer_text = link
    furniture.save()
    Redirect.add_redirect("/gammal-adress/", redirect_to=page, is_permanent=True)
    return World(page, child, referring)
