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

# As Django has it, without what visitors search for.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"without_queries": {"()": "cms.core.logs.WithoutQueries"}},
    "formatters": {
        "server": {
            "()": "django.utils.log.ServerFormatter",
            "format": "[{server_time}] {message}",
            "style": "{",
        }
    },
    "handlers": {
        "server": {
            "class": "logging.StreamHandler",
            "formatter": "server",
            "filters": ["without_queries"],
        }
    },
    "loggers": {"django.server": {"handlers": ["server"], "level": "INFO", "propagate": False}},
}

MIDDLEWARE.append("cms.core.middleware.NotFoundPageMiddleware")

# `manage.py demo` explains the reason where this fails.
with suppress(OSError):
    DATA_DIR.mkdir(parents=True, exist_ok=True)
