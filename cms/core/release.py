"""Identifies the release that a process runs."""

import hashlib
from datetime import timedelta
from functools import cache
from typing import Final

from django.conf import settings

FOLDERS: Final = ("cms", "faq", "pages", "templates", "locale")
# What is made of the others, or only serves to make them.
OTHER_SUFFIXES: Final = {".pyc", ".po"}
SIMPLE: Final = (str, int, float, list, tuple, dict, timedelta, type(None))
# They differ between processes or name secrets, and no answer shows them.
OTHER_SETTINGS: Final = {"DATABASES", "LOGGING", "SECRET_KEY", "SECRET_KEY_FALLBACKS"}


@cache
def release() -> str:
    """Return a digest of all but content that public answers are made of.

    These are code, templates, static files and catalogues, the versions of libraries, and
    settings. A release that is only installed anew has the same.
    """
    seen, base = hashlib.sha256(), settings.BASE_DIR
    found = [path for folder in FOLDERS for path in sorted((base / folder).rglob("*"))]
    for path in [*found, base / "uv.lock"]:
        if path.suffix not in OTHER_SUFFIXES and path.is_file():
            seen.update(f"{path.relative_to(base)}\n".encode() + path.read_bytes())
    for name in sorted(set(dir(settings)) - OTHER_SETTINGS):
        value = getattr(settings, name, None) if name.isupper() else None
        if isinstance(value, SIMPLE):
            seen.update(f"{name}={value!r}\n".encode())
    return seen.hexdigest()
