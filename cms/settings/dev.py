"""Settings for a developer's own machine: `make run` and `manage.py` use them."""

from .base import *  # noqa: F403  # a settings module is its base and what differs
from .base import DATA_DIR, env

DEBUG = True
# Known to everybody: it protects nothing, and production refuses to start without its own.
SECRET_KEY = env.str("SECRET_KEY", default="development-only-secret-key")
ALLOWED_HOSTS = ["*"]
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"

# `manage.py seed` makes demo users with well-known passwords where this is on, nowhere else.
DEMO_USERS = True

# Folders of a first start.
DATA_DIR.mkdir(parents=True, exist_ok=True)
