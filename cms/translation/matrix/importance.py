"""Which types visitors read most: one table that says the order in which work on them pays."""

from django.db.models import Model

from faq.models import FaqEntry, FaqPage, FaqTopic
from pages.models import (
    Concern,
    HomePage,
    SelfTestCallToAction,
    SelfTestPage,
    SiteFurniture,
    TherapyMethodIndexPage,
    TherapyMethodPage,
)

# Crisis help and footer stand on every page, and so come with the home page. A type that is not
# named here comes last.
MOST_READ_FIRST: tuple[tuple[type[Model], ...], ...] = (
    (HomePage, SiteFurniture),
    (TherapyMethodIndexPage, TherapyMethodPage, Concern),
    (SelfTestPage, SelfTestCallToAction),
    (FaqPage, FaqEntry, FaqTopic),
)

_RANKS = {model: rank for rank, models in enumerate(MOST_READ_FIRST) for model in models}


def importance_rank(model: type[Model]) -> int:
    """Lower is read more."""
    return _RANKS.get(model, len(MOST_READ_FIRST))
