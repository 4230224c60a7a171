"""Checks beside those of the public's answers: reviews, kept texts, and the report of languages."""

import csv
import io

import polib
from wagtail.models import Revision

from tests.world.forms import PLACES
from tests.world.life import LivingWorld
from tests.world.model import Model
from tests.world.objects import CLINICAL, PAGES
from tests.world.parts import only_texts
from tests.world.reading import Violation
from tests.world.statuses import status_of
from tests.world.words import CANARY

LANGUAGE_NAMES = {"Svenska": "sv", "English": "en"}


def check_all(world: LivingWorld) -> None:
    """Check invariants 3 to 5."""
    check_signed(world.model)
    for name in sorted(world.touched):
        each = world.model.objects.get(name)
        if each is not None and each.is_translated and each.target in each.versions:
            check_typed(world, name)
        if each is not None:
            check_saved(world, name)
    check_matrix(world)


def check_signed(model: Model) -> None:
    """Check that everything clinical that is live is what a reviewer was shown."""
    for version in model.versions():
        is_clinical = model.objects[version.name].kind in CLINICAL
        if is_clinical and version.is_live and not model.is_signed(version):
            raise Violation(f"{version.name} {version.language} is live and not signed.")


def check_typed(world: LivingWorld, name: str) -> None:
    """Check that every text that was typed at the desk and told to be saved is in an export."""
    each = world.model.objects[name]
    key = world.translation(name).pk
    answer = world.people.get("admin", f"/admin/translations/{key}/export/po/")
    file = polib.pofile(answer.response.content.decode())
    texts = {}
    for entry in file:
        source = CANARY.search(entry.msgid)
        target = CANARY.search(entry.msgstr)
        assert source is not None, entry.msgid
        texts[source[0]] = target[0] if target else ""
    for place, source in only_texts(each.taken or {}).items():
        expected = each.translated.get((place, source), "")
        if texts.get(source) != expected:
            raise Violation(
                f"{name}: the translation of {source} ({place}) is {texts.get(source)!r}, "
                f"and should be {expected!r}"
            )


def check_saved(world: LivingWorld, name: str) -> None:
    """Check that all that was saved of an original is in its history, and the latest in its draft.

    An autosave may have replaced its own earlier version.
    """
    each = world.model.objects[name]
    version = each.versions.get(each.original)
    if version is None or not version.draft:
        return
    found = Revision.objects.for_instance(world.instance(name, each.original))
    revisions = [
        frozenset(match[0] for match in CANARY.finditer(str(revision.content)))
        for revision in found.order_by("-created_at", "-pk")
    ]
    if missing := set(only_texts(version.draft).values()) - revisions[0]:
        raise Violation(f"{name}: {missing} was saved and is not in the newest draft.")
    for content in version.history:
        if not any(set(only_texts(content).values()) <= revision for revision in revisions):
            raise Violation(f"{name}: {content} was saved and is in no version.")


def check_matrix(world: LivingWorld) -> None:
    """Check that the report says of each pair of languages what the model says."""
    answer = world.people.get("admin", "/admin/reports/translations/?export=csv")
    data = b"".join(answer.response.streaming_content).decode()
    # A page that was an alias keeps the title of another until it gets its own.
    expected: dict[tuple[str, str], list[str]] = {}
    for name, each in world.model.objects.items():
        original = each.versions.get(each.original)
        if original is None or original.follows:
            continue
        place = PLACES[each.kind][0]
        told_of = original.draft if each.kind in PAGES else original.row
        title = told_of.get(place) or original.row[place]
        status = status_of(world.model, name, each.target)
        expected.setdefault((title, each.target), []).append(status)
    told: dict[tuple[str, str], list[str]] = {}
    for row in csv.DictReader(io.StringIO(data)):
        if found := CANARY.search(row["Title"]):
            key = (found[0], LANGUAGE_NAMES[row["Language"]])
            told.setdefault(key, []).append(row["Status"])
    for key in expected.keys() | told.keys():
        shown, right = (sorted(each.get(key, [])) for each in (told, expected))
        if shown != right:
            raise Violation(f"The report says of {key} {shown}, not {right}.")
