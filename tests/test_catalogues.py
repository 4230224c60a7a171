"""Tests that the catalogues of UI strings are complete, and the tool that updates them."""

from pathlib import Path

import polib
import pytest
from django.conf import settings

from tools import catalogues

TEMPLATE = """
  {% load i18n %}
    {% translate "Breadcrumb" %} {% translate "May" context "month name" %}
  {% blocktranslate trimmed count number=total %}
    {{ number }} method
  {% plural %}
    {{ number }} methods
  {% endblocktranslate %} (an unbalanced "quote
{{ value|default:_("None of them") }}
"""
CODE = """
from django.utils.translation import gettext_lazy as _, ngettext, pgettext

class Example:
    # Translators: shown above the list.
    title = _("Therapy methods")
    def text(self, count):
        return ngettext("%(count)d place", "%(count)d places", count) + pgettext("verb", "Open")
"""


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """Return a small project with Swedish and English catalogues that do not exist yet."""
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "example.py").write_text(CODE)
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "example.html").write_text(TEMPLATE)
    for language in ("en", "sv"):
        (tmp_path / "locale" / language).mkdir(parents=True)
    return tmp_path


def change(tree: Path, language: str, **translations: str) -> None:
    """Translate a string in a catalogue by hand."""
    path = tree / "locale" / language / "LC_MESSAGES" / "django.po"
    catalogue = polib.pofile(str(path))
    for entry in catalogue:
        if entry.msgid in translations:
            entry.msgstr = translations[entry.msgid]
    catalogue.save()


def catalogue(tree: Path, language: str) -> polib.POFile:
    return polib.pofile(str(tree / "locale" / language / "LC_MESSAGES" / "django.po"))


def test_catalogues_are_complete() -> None:
    problems = catalogues.problems()
    assert not problems, "\n".join(problems)


def test_every_language_has_a_catalogue() -> None:
    languages = {catalogues.language_of(path) for path in catalogues.catalogue_files()}
    assert languages == {code for code, _name in settings.LANGUAGES}


def test_strings_of_code_and_templates_are_found(tree: Path) -> None:
    found = catalogues.messages(tree)
    assert {(key, entry.msgid_plural) for key, entry in found.items()} == {
        ((None, "Breadcrumb"), ""),
        (("month name", "May"), ""),
        ((None, "%(number)s method"), "%(number)s methods"),
        ((None, "None of them"), ""),
        ((None, "Therapy methods"), ""),
        ((None, "%(count)d place"), "%(count)d places"),
        (("verb", "Open"), ""),
    }
    assert found[None, "Therapy methods"].comment == "Translators: shown above the list."


def test_english_is_filled_and_other_languages_wait_for_a_translator(tree: Path) -> None:
    catalogues.write(tree)
    english = catalogue(tree, "en")
    assert english.untranslated_entries() == []
    plural = next(entry for entry in english if entry.msgid == "%(number)s method")
    assert plural.msgstr_plural == {0: "%(number)s method", 1: "%(number)s methods"}
    assert len(catalogue(tree, "sv").untranslated_entries()) == 7


def test_translations_survive_and_lost_strings_go(tree: Path) -> None:
    catalogues.write(tree)
    change(tree, "sv", **{"Breadcrumb": "Brödsmulor", "Therapy methods": "Terapimetoder"})
    (tree / "pages" / "example.py").unlink()
    catalogues.write(tree)
    assert {entry.msgid: entry.msgstr for entry in catalogue(tree, "sv")} == {
        "Breadcrumb": "Brödsmulor",
        "May": "",
        "None of them": "",
        "%(number)s method": "",
    }


def test_a_second_run_changes_no_byte(tree: Path) -> None:
    def written() -> dict[Path, bytes]:
        return {path: path.read_bytes() for path in tree.glob("locale/*/LC_MESSAGES/*")}

    catalogues.write(tree)
    first = written()
    catalogues.write(tree)
    assert len(first) == 4
    assert written() == first


@pytest.mark.parametrize(
    ("translation", "problem"),
    [
        ("", "'Therapy methods' is not translated"),
        ("%(count)d metoder", "'Therapy methods' has other placeholders in its translation"),
    ],
)
def test_a_translation_that_is_not_right_is_named(
    tree: Path, translation: str, problem: str
) -> None:
    catalogues.write(tree)
    change(tree, "sv", **{"Therapy methods": translation})
    catalogues.write(tree)
    assert f"locale/sv/LC_MESSAGES/django.po: {problem}" in catalogues.problems(tree)


def test_a_fuzzy_translation_is_named(tree: Path) -> None:
    catalogues.write(tree)
    swedish = catalogue(tree, "sv")
    swedish[0].msgstr, swedish[0].flags = "Något", ["fuzzy"]
    swedish.save()
    problem = f"locale/sv/LC_MESSAGES/django.po: {swedish[0].msgid!r} is marked as fuzzy"
    assert problem in catalogues.problems(tree)


def test_stale_catalogues_are_named(tree: Path) -> None:
    catalogues.write(tree)
    (tree / "pages" / "example.py").write_text('_("New")\n')
    problems = catalogues.problems(tree)
    assert "locale/en/LC_MESSAGES/django.po: lacks 'New'" in problems
    assert (
        "locale/en/LC_MESSAGES/django.po: has 'Therapy methods', which the code has lost"
        in problems
    )


def test_a_compiled_file_that_lags_behind_is_named(tree: Path) -> None:
    catalogues.write(tree)
    change(tree, "sv", **{"Breadcrumb": "Brödsmulor"})
    assert (
        "locale/sv/LC_MESSAGES/django.po: django.mo is not compiled from it; run `make messages`"
        in catalogues.problems(tree)
    )


def test_what_apps_lack_is_collected_and_what_they_translate_needs_a_reason(tree: Path) -> None:
    (tree / "locale" / "upstream").mkdir()
    catalogues.write(tree)
    path = tree / "locale/upstream/sv/LC_MESSAGES/django.po"
    theirs = polib.pofile(str(path))
    texts = {entry.msgid for entry in theirs}
    assert "Exploring" in texts
    assert "Locale" not in texts, "Wagtail has translated it."
    theirs.append(polib.POEntry(msgid="Locale", msgstr="Språk", tcomment="A place is no language."))
    theirs.append(polib.POEntry(msgid="Locked", msgstr="Last"))
    theirs.append(polib.POEntry(msgid="Gone", msgstr="Borta", tcomment="Of an older version."))
    theirs.save()
    catalogues.write(tree)
    kept = {entry.msgid: entry.msgstr for entry in polib.pofile(str(path))}
    assert kept["Locale"] == "Språk"
    assert not {"Locked", "Gone"} & kept.keys()


def test_english_has_only_what_is_said_differently() -> None:
    entries = polib.pofile("locale/upstream/en/LC_MESSAGES/django.po")
    assert all(entry.tcomment for entry in entries)
    assert {entry.msgstr for entry in entries}.isdisjoint(entry.msgid for entry in entries)
