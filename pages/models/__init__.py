"""Page types and snippets of the site."""

from .concern import Concern
from .concern_page import ConcernIndexPage, ConcernPage
from .content import ContentPage
from .furniture import SiteFurniture
from .home import HomePage
from .self_test import SelfTestCallToAction, SelfTestPage
from .therapy_method import TherapyMethodConcern, TherapyMethodIndexPage, TherapyMethodPage

__all__ = [
    "Concern",
    "ConcernIndexPage",
    "ConcernPage",
    "ContentPage",
    "HomePage",
    "SelfTestCallToAction",
    "SelfTestPage",
    "SiteFurniture",
    "TherapyMethodConcern",
    "TherapyMethodIndexPage",
    "TherapyMethodPage",
]
