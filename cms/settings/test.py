"""Settings for the test suite: fast hashing, mail in memory, files in a temporary folder."""

import tempfile
from pathlib import Path

from .base import *  # noqa: F403  # a settings module is its base and what differs
from .base import MIDDLEWARE, TASKS

DEBUG = False
SECRET_KEY = "test"  # noqa: S105  # signs nothing outside the test run
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
BASE_URL = "http://testserver"
WAGTAILADMIN_BASE_URL = BASE_URL
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
MEDIA_ROOT = Path(tempfile.mkdtemp(prefix="samtal-media-"))
STATIC_ROOT = Path(tempfile.mkdtemp(prefix="samtal-static-"))
DEMO_USERS = True
# Tests read within the transaction that they publish in; those of the lease set it.
VERSION_LEASE_MS = 0
# Tests change rows in ways that the journal does not see; those of the cache add it again.
MIDDLEWARE = [name for name in MIDDLEWARE if not name.startswith("cms.caching.")]
# Enqueues without running: tests of webhooks run the tasks themselves.
TASKS["webhooks"] = {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}
WEBHOOK_PRIVATE_NETWORKS = ["127.0.0.0/8"]
