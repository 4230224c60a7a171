"""Page types and snippets of the site."""

from .concern import Concern
from .content import ContentPage
from .furniture import SiteFurniture
from .home import HomePage
from .self_test import SelfTestCallToAction, SelfTestPage
from .therapy_method import TherapyMethodConcern, TherapyMethodIndexPage, TherapyMethodPage

__all__ = [
    "Concern",
    "ContentPage",
    "HomePage",
    "SelfTestCallToAction",
    "SelfTestPage",
    "SiteFurniture",
    "TherapyMethodConcern",
    "TherapyMethodIndexPage",
    "TherapyMethodPage",
]
