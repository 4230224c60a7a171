"""Settings for a developer's own machine: `make run` and `manage.py` use them."""

from contextlib import suppress

from .base import *  # noqa: F403  # a settings module is its base and what differs
from .base import DATA_DIR, MIDDLEWARE, env

DEBUG = True
# Public, so it protects nothing; production refuses to start without its own.
SECRET_KEY = env.str("SECRET_KEY", default="development-only-secret-key")
ALLOWED_HOSTS = ["*"]
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"

# Lets `manage.py seed` create demo users with well-known passwords.
DEMO_USERS = True

MIDDLEWARE.append("cms.core.middleware.NotFoundPageMiddleware")

# `manage.py demo` explains the reason where this fails.
with suppress(OSError):
    DATA_DIR.mkdir(parents=True, exist_ok=True)
