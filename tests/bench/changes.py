"""The kinds of change that editors make, on a site with many articles.

Each kind changes something else each time that it is called, and returns the paths of the pages
that it has given an address.
"""

import io
import time
import uuid
from collections.abc import Callable
from itertools import count
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from PIL import Image as Picture
from wagtail.contrib.redirects.models import Redirect
from wagtail.images import get_image_model
from wagtail.models import PageViewRestriction

from cms.caching.models import KeptAnswer
from cms.content.clinical_review import without_review
from cms.journal.version import current_version
from cms.public.page_paths import page_path
from faq.models import FaqEntry, FaqTopic
from pages.models import Concern, ContentPage, HomePage, SiteFurniture

QUESTION = "Hur länge väntar jag på svar?"
PICTURE = "bench"
_numbers = count(1)


def prepare() -> None:
    """Add a question that two articles show, and an image that two others show, once."""
    if get_image_model().objects.filter(title=PICTURE).exists():
        return
    first, second, third, fourth = (_article(number) for number in (11, 12, 13, 14))
    topic = FaqTopic.objects.filter(locale=first.locale, live=True).first()
    entry = FaqEntry(question=QUESTION, answer="<p>En dag.</p>", topic=topic, locale=first.locale)
    entry.save()
    entry.save_revision().publish()
    for page in (first, second):
        page.body = [*page.body.raw_data, questions_block([entry.pk])]
        _publish(page)
    image = get_image_model().objects.create(title=PICTURE, file=_picture())
    for page in (third, fourth):
        _publish(page, image=image)


def a_question() -> list[str]:
    entry = FaqEntry.objects.get(answer="<p>En dag.</p>", locale__language_code="sv")
    return _publish(entry, question=f"{QUESTION} ({next(_numbers)})")


def a_title_in_no_menu() -> list[str]:
    return _publish(_article(21), title=f"Ett annat namn {next(_numbers)}")


def an_image() -> list[str]:
    image = get_image_model().objects.get(title=PICTURE)
    with transaction.atomic():
        # As Wagtail's form does with a new file.
        image.file = _picture()
        image.save()
        image.renditions.all().delete()
    return []


def a_concern() -> list[str]:
    """Rename a concern of one method, to which no article refers."""
    concern = Concern.objects.get(slug="bipolar-sjukdom", locale__language_code="sv")
    return _publish(concern, name=f"Bipolär sjukdom {next(_numbers)}")


def a_page_moved() -> list[str]:
    page = _article(22)
    page.move(_article(100 if page.is_child_of(_article(0)) else 0), "last-child")
    return [page_path(_article(22))]


def a_page_published_first() -> list[str]:
    number = next(_numbers)
    page = ContentPage(
        title=f"Ny {number}",
        slug=f"ny-{uuid.uuid4().hex[:8]}",
        introduction="<p>En ny sida.</p>",
        locale=_article(0).locale,
        live=False,
    )
    _article(0).add_child(instance=page)
    _publish(page)
    return [page_path(page)]


def a_text() -> list[str]:
    return _publish(_article(24), introduction=f"<p>Ny text {next(_numbers)}.</p>")


def a_page_withdrawn() -> list[str]:
    """Withdraw a page, or publish it again."""
    page = _article(25)
    return page.unpublish() or [] if page.live else _publish(page)


def an_order() -> list[str]:
    page = _article(26)
    page.move(page.get_prev_sibling() or page.get_next_sibling(), "left")
    return []


def a_redirect() -> list[str]:
    Redirect.objects.create(old_path=f"/gammal-{uuid.uuid4().hex[:8]}", redirect_page=_article(27))
    return []


def a_footer() -> list[str]:
    furniture = SiteFurniture.objects.get(locale__language_code="en")
    return _publish(furniture, footer_text=f"<p>Another footer {next(_numbers)}.</p>")


def a_privacy() -> list[str]:
    """Make a page private, or public again."""
    page = _article(28)
    if not page.view_restrictions.all().delete()[0]:
        PageViewRestriction.objects.create(page=page, restriction_type="login")
    return []


# Of these the answers made anew are counted.
COUNTED: tuple[Callable[[], list[str]], ...] = (
    a_question,
    a_title_in_no_menu,
    an_image,
    a_concern,
    a_page_moved,
    a_page_published_first,
)
KINDS = (
    *COUNTED,
    a_text,
    a_page_withdrawn,
    an_order,
    a_redirect,
    a_footer,
    a_privacy,
)


def mix(seconds: int) -> int:
    """Make a change of another kind each second; return how many were made."""
    start = time.monotonic()
    for number in range(seconds):
        KINDS[number % len(KINDS)]()
        time.sleep(max(0.0, start + number + 1 - time.monotonic()))
    return seconds


def newest_version() -> int:
    return current_version()


def kept_answers(since: int) -> int:
    """Return how many kept answers were made after a version."""
    return KeptAnswer.objects.filter(version__gt=since).count()


def _article(number: int) -> Any:
    """Return a Swedish article; every hundredth is a section of those after it."""
    home = HomePage.objects.get(locale__language_code="sv")
    return ContentPage.objects.get(
        slug=f"article-{number}", locale=home.locale, path__startswith=home.path
    )


def _publish(instance: Any, **fields: Any) -> list[str]:
    for name, value in fields.items():
        setattr(instance, name, value)
    with without_review():
        instance.save_revision().publish()
    return []


def questions_block(keys: list[int]) -> dict[str, Any]:
    items = [{"type": "item", "id": str(uuid.uuid4()), "value": key} for key in keys]
    value = {"heading": "Frågor", "entries": items}
    return {"type": "faq_list", "id": str(uuid.uuid4()), "value": value}


def _picture() -> ContentFile:
    file = io.BytesIO()
    Picture.new("RGB", (900, 600), (next(_numbers) * 40 % 256, 120, 160)).save(file, "PNG")
    return ContentFile(file.getvalue(), f"{uuid.uuid4().hex}.png")
