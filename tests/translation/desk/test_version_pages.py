"""The list of versions and the page of one: what they say of each version and lead to."""

from typing import Any

from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import override
from wagtail.models import Revision
from wagtail_localize.models import StringTranslation, Translation

from pages.models import ContentPage
from tests.translation.conftest import english, publish
from tests.translation.desk.reading import Desk
from tests.translation.desk.reading_versions import Version, latest, url_of


def words(tag: Any) -> str:
    return " ".join(tag.get_text(" ").split())


def listed(client: Client, translation: Translation, query: str = "") -> Any:
    url = reverse("translation_versions", args=[translation.pk])
    return BeautifulSoup(client.get(url + query).content.decode(), "html.parser").main


def time_of(revision: Revision) -> str:
    with override("en-gb"):
        return date_format(localtime(revision.created_at), "j F Y, H:i")


def test_each_version_is_listed_with_who_saved_it_and_a_preview(
    editor: Client, translator: Client, translation: Translation
) -> None:
    first = latest(translation)
    Revision.objects.filter(pk=first.pk).update(user=None)
    Desk(translator, translation).write("title", "Our care")
    second = latest(translation)
    items = listed(editor, translation).find_all("li", class_="desk-card")[:2]
    preview = "· Preview"
    assert [words(item) for item in items] == [
        f"{time_of(second)} Latest draft saved by Tom Translator · Our care {preview} "
        f"{time_of(second)}",
        f"{time_of(first)} Live saved by the system · {english('Behandling')} {preview} "
        f"{time_of(first)}",
    ]
    target = translation.get_target_instance()
    for item, revision in zip(items, (second, first), strict=True):
        shown = reverse("wagtailadmin_pages:revisions_view", args=[target.pk, revision.pk])
        links = [link["href"] for link in item.find_all("a")]
        assert links == [url_of(translation, revision), shown]
    target.unpublish()
    assert "Live" not in words(listed(editor, translation).ul)


def test_many_versions_come_in_pages(editor: Client, translation: Translation) -> None:
    old = latest(translation)
    values = {
        field.attname: getattr(old, field.attname)
        for field in Revision._meta.concrete_fields
        if not field.primary_key
    }
    Revision.objects.for_instance(translation.get_target_instance()).exclude(pk=old.pk).delete()
    # All of one moment: the order is then that in which they were saved.
    Revision.objects.bulk_create(
        Revision(**values | {"object_str": f"Version {at}"}) for at in range(30)
    )

    def page(query: str = "") -> tuple[list[str], list[tuple[str, str]]]:
        main = listed(editor, translation, query)
        titles = [
            each.get_text()
            for each in main.find(class_="desk-versions").find_all("span", lang="en")
        ]
        nav = main.find("nav", class_="desk-filter")
        return titles, [(words(link), link["href"]) for link in nav.find_all("a")]

    newest = [f"Version {at}" for at in reversed(range(30))]
    assert page() == page("?p=1") == (newest, [("Older", "?p=2")])
    assert page("?p=2") == ([english("Behandling")], [("Newer", "?p=1")])


def test_a_version_says_when_and_by_whom_it_was_saved(
    editor: Client, translator: Client, translation: Translation
) -> None:
    old = latest(translation)
    Desk(translator, translation).write("title", "Our care")
    new = latest(translation)
    target = translation.get_target_instance()

    def head(revision: Revision) -> tuple[str, list[tuple[str, str]]]:
        found = Version(editor, translation, revision).soup.find(class_="desk-head")
        return words(found.p), [(words(link), link["href"]) for link in found.find_all("a")]

    def wagtails(view: str, *arguments: Any) -> str:
        return reverse(f"wagtailadmin_pages:{view}", args=[target.pk, *arguments])

    everything = ("All versions", reverse("translation_versions", args=[translation.pk]))
    assert head(old) == (
        f"Version of {time_of(old)}, saved by Eva Redaktör Live",
        [
            ("Preview this version", wagtails("revisions_view", old.pk)),
            ("Compare field by field", wagtails("revisions_compare", old.pk, "latest")),
            everything,
        ],
    )
    assert head(new) == (
        f"Version of {time_of(new)}, saved by Tom Translator Latest draft",
        [("Preview this version", wagtails("revisions_view", new.pk)), everything],
    )


def test_texts_come_in_the_order_of_the_page_with_both_originals(
    editor: Client, page: ContentPage, translation: Translation
) -> None:
    old = latest(translation)
    user = get_user_model().objects.get(username="translator")
    publish(page, title="Vår behandling", introduction="<p>Vi lyssnar på dig.</p>", heading="Ny")
    Desk(editor, translation).write("title", "Our care")
    StringTranslation.objects.filter(data="Our care").update(last_translated_by=user)
    version = Version(editor, translation, old, "?show=all")
    said = [words(card).replace("\xa0", " ") for card in version.cards]
    starts = ["Title", "Heading", "Introduction", "Slug", "Introduction"]
    assert [each.split()[0] for each in said] == starts
    assert [card["aria-label"] for card in version.cards] == starts
    assert [card["data-differs"] for card in version.cards] == [
        *("true", "false", "false", "false", "true")
    ]
    title, heading, *_others, gone = said
    assert "Now: by Tom Translator, Just now" in title
    assert (
        "Svenska Vår behandling Svenska, then Behandling English, then English: Behandling "
        "English, now Our care The original has changed since. Choose the text only if it says "
        "what the original says now. Restore this text"
    ) in title
    assert heading == (
        "Heading Svenska Ny English, then Not translated in this version: what is written now "
        "stays. English, now Not translated"
    )
    assert gone == (
        "Introduction Svenska, then Du väljer takten. English, then English: Du väljer takten. "
        "The original has no place for this any more. Copy from here what fits elsewhere."
    )
    only = Version(editor, translation, old)
    assert len(only.cards) == 2
    for each, current in ((only, ["true", None]), (version, [None, "true"])):
        links = each.soup.find("nav", class_="desk-filter").find_all("a")
        assert [link.get("aria-current") for link in links] == current
