"""Editors keep the lists of the search: synonyms, and words of a crisis."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.test import Client

from cms.search.demo import CRISIS, SYNONYMS, add_demo_words
from cms.search.models import CrisisPhrase, Synonyms, phrases_of
from tests.reading import soup_of, words

LISTS = {"synonyms": "words", "crisis_words": "text"}


def told(response: object) -> str:
    return words(response.content.decode())  # type: ignore[attr-defined]


def member(group: str) -> Client:
    user = get_user_model().objects.create_user(group, password="x")
    user.groups.set(Group.objects.filter(name=group))
    client = Client()
    client.force_login(user)
    return client


@pytest.mark.django_db
def test_editors_write_change_and_delete_entries(english_editor: Client, sv: object) -> None:
    home = soup_of(english_editor, "/admin/")
    assert all(f"/admin/{name}/" in home.decode() for name in LISTS)
    form = {"locale": sv.pk, "words": " kvantord ,  kvantfras två"}  # type: ignore[attr-defined]
    english_editor.post("/admin/synonyms/new/", form)
    made = Synonyms.objects.get(words="kvantord, kvantfras två")
    english_editor.post(f"/admin/synonyms/edit/{made.pk}/", {**form, "words": "kvantord, annat"})
    assert "kvantord, annat" in told(english_editor.get("/admin/synonyms/", {"q": "kvantord"}))
    assert "Edited" in told(english_editor.get(f"/admin/synonyms/history/{made.pk}/"))
    english_editor.post(f"/admin/synonyms/delete/{made.pk}/")
    assert not Synonyms.objects.filter(pk=made.pk).exists()
    english_editor.post("/admin/crisis_words/new/", {"locale": sv.pk, "text": "kvant  ord"})  # type: ignore[attr-defined]
    assert CrisisPhrase.objects.filter(locale=sv, text="kvant ord").exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("synonyms", "", "This field is required"),
        ("synonyms", "ensam", "Write at least two"),
        ("synonyms", "ensam,", "Write at least two"),
        ("synonyms", "Kvant, två, KVANT", "“KVANT” is here twice"),
        ("synonyms", "kvant, ?!", "“?!” has no letters"),
        ("synonyms", "sova, somn", "These words are in a list already: sömn, sova"),
        ("crisis_words", "", "This field is required"),
        ("crisis_words", "…", "has no letters"),
        ("crisis_words", "VILL DO", "in the list already"),
        ("crisis_words", "vill dö, självmord", "add others one by one"),
    ],
)
def test_what_is_wrong_is_said_at_the_field(
    english_editor: Client, sv: object, name: str, text: str, message: str
) -> None:
    form = {"locale": sv.pk, LISTS[name]: text}  # type: ignore[attr-defined]
    response = english_editor.post(f"/admin/{name}/new/", form)
    assert message in told(response)


@pytest.mark.django_db
def test_who_may_keep_the_lists() -> None:
    for group, may in (("Editors", True), ("Publishers", True), ("Translators sv→en", False)):
        client = member(group)
        for name in LISTS:
            assert (client.get(f"/admin/{name}/").status_code == 200) == may


@pytest.mark.django_db
def test_the_demo_lists_are_valid_and_added_once(sv: object, en: object) -> None:
    for model in (Synonyms, CrisisPhrase):
        for each in model.objects.all():
            each.full_clean()
    number = sum(map(len, SYNONYMS.values())), sum(map(len, CRISIS.values()))
    assert (Synonyms.objects.count(), CrisisPhrase.objects.count()) == number
    first = Synonyms.objects.first()
    assert first is not None
    first.words = ", ".join(reversed(phrases_of(first.words)))
    Synonyms.objects.exclude(pk=first.pk).last().delete()  # type: ignore[union-attr]
    add_demo_words()
    assert CrisisPhrase.objects.count() == number[1]
