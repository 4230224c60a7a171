"""The glossary: terms in texts, terms missing in translations, and permissions to edit it."""

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from wagtail.models import Locale

from cms.translation.glossary.matching import Glossary, terms_in, terms_lacking
from cms.translation.models import Term, TermForm

pytestmark = pytest.mark.django_db


def sources(text: str, source: str = "sv", target: str = "en") -> list[str]:
    return [match.source for match in terms_in(text, source, target)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("En terapimetod.", ["terapimetod"]),
        ("Våra terapimetoder och samtalsterapin", ["terapimetod", "samtalsterapi"]),
        ("Gör <b>självtestet</b> nu", ["gör självtestet"]),
        ("KBT hjälper många", ["KBT"]),
        ("Läs om iKBT", []),
        ("Kognitiv beteendeterapi, KBT", ["kognitiv beteendeterapi", "KBT"]),
        ("Att ta ansvar", []),
        ("Ätstörningar och ångesten", ["ätstörning", "ångest"]),
        ("", []),
    ],
)
def test_terms_are_found_in_all_their_forms(text: str, found: list[str]) -> None:
    assert sources(text) == found


def test_abbreviations_are_no_ordinary_words() -> None:
    assert sources("You can act on what matters", "en", "sv") == []
    assert sources("ACT is about what matters", "en", "sv") == ["ACT"]


def test_the_right_term_is_named_in_either_direction() -> None:
    (match,) = terms_in("KBT", "sv", "en")
    assert (match.target, match.accepted) == ("CBT", ("CBT",))
    (match,) = terms_in("Talking therapies help", "en", "sv") or terms_in(
        "talk therapy", "en", "sv"
    )
    assert match.target == "samtalsterapi"


@pytest.mark.parametrize(
    ("translation", "lacking"),
    [
        ("CBT is a therapy method", []),
        ("CBT is one of the therapy methods", []),
        ("KBT is a therapy method", ["KBT"]),
        ("It is a treatment", ["KBT", "terapimetod"]),
    ],
)
def test_a_translation_without_the_term_is_noticed(translation: str, lacking: list[str]) -> None:
    matches = terms_in("KBT är en terapimetod", "sv", "en")
    assert [match.source for match in terms_lacking(matches, translation, "en")] == lacking


def test_any_accepted_form_will_do() -> None:
    matches = terms_in("Vanliga frågor", "sv", "en")
    assert terms_lacking(matches, "Frequently asked questions", "en") == []


def test_one_look_up_serves_a_whole_page(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_num_queries(1):
        glossary = Glossary("sv", "en")
        for _text in range(50):
            glossary.lacking(glossary.terms_in("KBT är en terapimetod"), "CBT")


@pytest.fixture
def admin(client: Client) -> Client:
    client.force_login(get_user_model().objects.get(username="admin"))
    return client


def posted(swedish: str, english: str) -> dict[str, str]:
    locales = {locale.language_code: str(locale.pk) for locale in Locale.objects.all()}
    return {
        "forms-TOTAL_FORMS": "2",
        "forms-INITIAL_FORMS": "0",
        "forms-MIN_NUM_FORMS": "1",
        "forms-MAX_NUM_FORMS": "1000",
        "forms-0-id": "",
        "forms-0-locale": locales["sv"],
        "forms-0-text": swedish,
        "forms-0-also": "",
        "forms-0-note": "",
        "forms-0-DELETE": "",
        "forms-1-id": "",
        "forms-1-locale": locales["en"],
        "forms-1-text": english,
        "forms-1-also": "",
        "forms-1-note": "",
        "forms-1-DELETE": "",
    }


def test_a_term_is_added_in_the_admin(admin: Client) -> None:
    response = admin.post("/admin/glossary/new/", posted("väntelista", "waiting list"))
    assert response.status_code == 302, response.context["form"].errors
    assert sources("På väntelistan") == ["väntelista"]
    listed = admin.get("/admin/glossary/", {"q": "waiting"}).content.decode()
    assert "väntelista ↔ waiting list" in listed
    assert "KBT" not in listed


def test_a_term_is_in_the_glossary_once(admin: Client) -> None:
    response = admin.post("/admin/glossary/new/", posted("kbt", "cognitive therapy"))
    assert response.status_code == 200
    assert "Ordlistan har redan det här" in response.content.decode()
    assert not TermForm.objects.filter(text="cognitive therapy").exists()


def test_the_list_asks_as_often_for_many_terms(admin: Client) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    admin.get("/admin/glossary/")
    with CaptureQueriesContext(connection) as many:
        admin.get("/admin/glossary/")
    Term.objects.exclude(pk=Term.objects.first().pk).delete()
    with CaptureQueriesContext(connection) as one:
        admin.get("/admin/glossary/")
    assert len(many) == len(one)


def test_the_demo_terms_are_added_once() -> None:
    from cms.translation.glossary.demo import TERMS, add_demo_terms

    assert Term.objects.count() == len(TERMS)
    assert add_demo_terms() == 0
