"""Page types and snippets of the site."""

from .concern import Concern
from .concern_page import ConcernIndexPage, ConcernPage
from .content import ContentPage
from .furniture import SiteFurniture
from .home import HomePage
from .self_test import SelfTestPage
from .self_test_cta import SelfTestCallToAction
from .therapy_method import TherapyMethodConcern, TherapyMethodPage
from .therapy_method_index import TherapyMethodIndexPage

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
