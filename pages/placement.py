"""Where snippets are shown that nobody chose them for."""

from typing import Final

from cms.journal.spread import Placement
from faq.models import FaqEntry, FaqPage, FaqTopic

from .models import SiteFurniture

PLACEMENT: Final = Placement(
    frame=frozenset({SiteFurniture._meta.label_lower}),
    listed={model._meta.label_lower: FaqPage._meta.label for model in (FaqEntry, FaqTopic)},
)
