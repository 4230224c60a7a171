"""Strings of Wagtail and other apps that a language lacks, or that we translate otherwise.

They are in locale/upstream/<language>/LC_MESSAGES, which comes before the apps' own catalogues:
django.po for what the server says, djangojs.po for scripts. Each string of an installed app is
collected that the app has not translated into the language. One that it has translated is kept
where a translator's comment says why ours differs, which is all that English has; strings that no
app has any more are dropped.
"""

from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import polib

DOMAINS = ("django", "djangojs")
# Apps with a face in the admin.
APPS = (
    "wagtail",
    "wagtail.admin",
    "wagtail.contrib.redirects",
    "wagtail.documents",
    "wagtail.embeds",
    "wagtail.images",
    "wagtail.search",
    "wagtail.sites",
    "wagtail.snippets",
    "wagtail.users",
    "wagtail_localize",
    "wagtail_localize.locales",
    "taggit",
)

Key = tuple[str | None, str]


def upstream_catalogues(
    folder: Path, language: str
) -> Iterator[tuple[Path, dict[Key, polib.POEntry]]]:
    """Yield each catalogue of a language with the strings that it has to have, in a stable order.

    Takes the folder of all languages.
    """
    for domain in DOMAINS:
        path = folder / language / "LC_MESSAGES" / f"{domain}.po"
        present = polib.pofile(str(path)) if path.exists() else []
        reasons = {_key(entry) for entry in present if entry.tcomment}
        theirs = _strings(language, domain)
        wanted = {
            key: polib.POEntry(
                msgctxt=entry.msgctxt,
                msgid=entry.msgid,
                msgid_plural=entry.msgid_plural,
                flags=[flag for flag in entry.flags if flag.endswith("-format")],
            )
            for key, entry in _strings("en", domain).items()
            if key in reasons
            or (language != "en" and (key not in theirs or not theirs[key].translated()))
        }
        yield path, dict(sorted(wanted.items(), key=lambda item: (item[0][1], item[0][0] or "")))


@cache
def _strings(language: str, domain: str) -> dict[Key, polib.POEntry]:
    """Return the strings of all apps; of equal ones the last that is translated, as Django does."""
    found: dict[Key, polib.POEntry] = {}
    for app in APPS:
        path = folder_of(app) / language / "LC_MESSAGES" / f"{domain}.po"
        for entry in polib.pofile(str(path)) if path.exists() else []:
            if not entry.obsolete and (_key(entry) not in found or entry.translated()):
                found[_key(entry)] = entry
    return found


def folder_of(app: str) -> Path:
    """Return the folder of an app's catalogues. Raises ImportError where it is not installed."""
    spec = find_spec(app)
    if spec is None or spec.origin is None:
        raise ImportError(app)
    return Path(spec.origin).parent / "locale"


def _key(entry: polib.POEntry) -> Key:
    return entry.msgctxt, entry.msgid
