"""The site with the broken app."""

from cms.settings.test import *  # noqa: F403  # a settings module is its base and what differs
from cms.settings.test import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.content.broken"]
