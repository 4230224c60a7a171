"""Settings for production; they refuse to load while a required variable is missing."""

from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from .base import *  # noqa: F403  # a settings module is its base and what differs
from .base import BASE_URL, MIDDLEWARE, STORAGES, env

REQUIRED = {
    "SECRET_KEY": "a long random string",
    "ALLOWED_HOSTS": "the host names that the site answers to, separated by commas",
    "BASE_URL": "the address that visitors use, such as https://www.example.org",
}
missing = [f"{name} ({meaning})" for name, meaning in REQUIRED.items() if not env.str(name, "")]
if missing:
    raise ImproperlyConfigured("Set these environment variables: " + "; ".join(missing) + ".")

DEBUG = False
DEMO_USERS = False
SECRET_KEY = env.str("SECRET_KEY")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS")
CSRF_TRUSTED_ORIGINS = ["{0.scheme}://{0.netloc}".format(urlsplit(BASE_URL))]

# After the security middleware; in development Django's own server serves static files.
MIDDLEWARE.insert(1, "whitenoise.middleware.WhiteNoiseMiddleware")
STORAGES["staticfiles"] = {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}

EMAIL_CONFIG = env.email_url("EMAIL_URL", default="smtp://localhost:25")
vars().update(EMAIL_CONFIG)
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="webmaster@localhost")

# The editors' preview shows pages of this site in a frame, so X-Frame-Options cannot be DENY.
SILENCED_SYSTEM_CHECKS = ["security.W019"]
SECURE_SSL_REDIRECT = True
SECURE_HSTS_SECONDS = 365 * 24 * 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
if env.bool("TRUST_X_FORWARDED_PROTO", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        # It logs two lines for every indexed object.
        "django_tasks": {"level": "WARNING"},
        # Without the mail to administrators, which would have the query of the request in it.
        "django": {"level": "INFO", "handlers": []},
    },
}
