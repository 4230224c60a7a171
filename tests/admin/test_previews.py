"""Previews of pages and snippets that were never saved."""

import pytest
from django.test import Client
from wagtail.models import Locale, Page
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from faq.models import FaqTopic
from tests.admin.test_editing import method_form


def preview(client: Client, address: str, data: dict[str, str]) -> str:
    saved = client.post(address, data)
    assert saved.json() == {"is_valid": True, "is_available": True}
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize(("slug", "language"), [("terapimetoder", "sv"), ("therapy-methods", "en")])
def test_a_new_page(editor: Client, slug: str, language: str) -> None:
    index = Page.objects.get(slug=slug)
    address = f"/admin/pages/add/pages/therapymethodpage/{index.pk}/preview/"
    html = preview(editor, address, method_form(heading="Ett helt nytt huvud"))
    assert f'<html lang="{language}"' in html
    assert "Ett helt nytt huvud" in html


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["sv", "en"])
def test_a_new_question(editor: Client, language: str) -> None:
    locale = Locale.objects.get(language_code=language)
    topic = FaqTopic.objects.filter(locale=locale).first()
    data = nested_form_data(
        {
            "question": "Nyss påtänkt?",
            "answer": rich_text("<p>Ja.</p>"),
            "topic": str(topic.pk),
            "position": "0",
        }
    )
    url = f"/admin/snippets/faq/faqentry/preview/?locale={language}"
    assert "Nyss påtänkt?" in preview(editor, url, data)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "data", "word"),
    [
        ("faq/faqtopic", {"name": "Nytt ämne", "slug": "nytt", "position": "0"}, "Nytt ämne"),
        (
            "pages/concern",
            {"name": "Ny oro", "slug": "ny", "description": "", "position": "0"},
            "Ny oro",
        ),
        (
            "pages/selftestcalltoaction",
            {
                "heading": "Ny inbjudan",
                "text": rich_text("<p>Kom.</p>"),
                "button_label": "Till testet",
                "target_page": "",
                "target_url": "https://prov.example/",
            },
            "Ny inbjudan",
        ),
        (
            "pages/sitefurniture",
            {
                "crisis_heading": "Ny krishjälp",
                "crisis_text": rich_text("<p>Ring.</p>"),
                "crisis_contacts": streamfield([]),
                "contact_heading": "Kontakt",
                "contact_text": rich_text("<p>Hör av dig.</p>"),
                "contact_phone": "",
                "contact_email": "",
                "footer_text": rich_text("<p>Om oss.</p>"),
                "footer_pages": streamfield([]),
            },
            "Ny krishjälp",
        ),
    ],
)
def test_other_new_snippets(
    editor: Client,
    address: str,
    data: dict[str, str],
    word: str,
) -> None:
    url = f"/admin/snippets/{address}/preview/"
    assert word in preview(editor, url, nested_form_data(data))
