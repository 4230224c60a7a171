"""Content that editors publish in the admin is on the page and in the API at once."""

import json
from html import escape
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from wagtail.models import Page
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from cms.content.staleness import Weight
from faq.models import FaqEntry
from pages.models import Concern, SelfTestCallToAction, TherapyMethodPage
from tests.admin.forms import items
from tests.reading import Api


def method_form(**changes: Any) -> dict[str, str]:
    """A therapy-method page with every part of content-facts' first list, as the form sends it."""
    entries = FaqEntry.objects.filter(locale__language_code="sv")[:5]
    contact = Page.objects.get(slug="kontakt")
    cta = SelfTestCallToAction.objects.filter(locale__language_code="sv").first()
    concern = Concern.objects.get(slug="sorg")
    paragraph = rich_text("<p>Ett stycke.</p>")
    body = [
        ("list", {"heading": "Vad hjälper den mot?", "items": items("Sorg", "Oro")}),
        ("self_test_cta", {"cta": str(cta.pk)}),
        (
            "steps",
            {
                "heading": "Så går ett samtal till",
                "items": items({"title": "Start", "text": paragraph}),
            },
        ),
        ("list", {"heading": "För vem?", "items": items("Vuxna")}),
        (
            "key_points",
            {"heading": "Särdrag", "items": items({"term": "Kort", "description": paragraph})},
        ),
        (
            "contact_cta",
            {
                "heading": "Kom igång",
                "text": paragraph,
                "button_label": "Boka",
                "page": str(contact.pk),
                "url": "",
            },
        ),
        (
            "faq_list",
            {"heading": "Frågor", "entries": items(*[str(entry.pk) for entry in entries])},
        ),
    ]
    data = {
        "title": "NYT – Ny terapi",
        "slug": "nyt",
        "heading": "Vad är ny terapi?",
        "introduction": rich_text("<p>En ingress.</p>"),
        "image": "",
        "image_alt_text": "",
        "abbreviation": "NYT",
        "summary": rich_text("<ul><li>Kort sagt.</li></ul>"),
        "sessions_minimum": "4",
        "sessions_maximum": "8",
        "session_minutes": "50",
        "concern_links": inline_formset([{"concern": str(concern.pk)}]),
        "body": streamfield(body),
        "comments": inline_formset([]),
        "seo_title": "",
        "search_description": "",
        "go_live_at": "",
        "expire_at": "",
        "action-publish": "action-publish",
    }
    return nested_form_data({**data, **changes})


def add_method(editor: Client, **changes: Any) -> Any:
    index = Page.objects.get(slug="terapimetoder")
    return editor.post(
        f"/admin/pages/add/pages/therapymethodpage/{index.pk}/", method_form(**changes)
    )


def test_a_method_page_is_built_in_the_admin_alone(
    editor: Client, api: Api, client: Client
) -> None:
    response = add_method(editor)
    assert response.status_code == 302, form_errors(response)
    html = client.get("/terapimetoder/nyt/").content.decode()
    answer = api.page("/terapimetoder/nyt/")
    assert [block["type"] for block in answer["content"]["body"]] == [
        "list",
        "self_test_cta",
        "steps",
        "list",
        "key_points",
        "contact_cta",
        "faq_list",
    ]
    assert len(answer["content"]["body"][-1]["value"]["entries"]) == 5
    for text in ("Vad är ny terapi?", "Så går ett samtal till", "Boka", "Kort sagt."):
        assert text in html
        assert text in str(answer)
    assert client.get("/en/therapy-methods/nyt/").status_code == 404


def test_a_changed_paragraph_is_there_at_once_and_only_there(
    editor: Client, api: Api, client: Client, answers: dict[str, Any]
) -> None:
    page = TherapyMethodPage.objects.get(slug="ipt", locale__language_code="sv")
    english = api.page("/en/therapy-methods/ipt/")
    english_html = client.get("/en/therapy-methods/ipt/").content
    changed = streamfield(
        [("section", {"heading": "Nytt", "text": rich_text("<p>En ändrad mening.</p>")})]
    )
    links = inline_formset(
        [
            {"id": str(link.pk), "concern": str(link.concern_id)}
            for link in page.concern_links.all()
        ],
        initial=page.concern_links.count(),
    )
    data = method_form(title=page.title, slug="ipt", body=changed, concern_links=links)
    response = editor.post(
        f"/admin/pages/{page.pk}/edit/", {**data, "change_weight": Weight.WORDING.value}
    )
    assert response.status_code == 302, form_errors(response)
    assert "En ändrad mening." in client.get("/terapimetoder/ipt/").content.decode()
    assert "En ändrad mening." in str(api.page("/terapimetoder/ipt/"))
    assert api.page("/en/therapy-methods/ipt/") == english
    assert client.get("/en/therapy-methods/ipt/").content == english_html


def test_a_draft_is_nowhere(editor: Client, api: Api, client: Client) -> None:
    add_method(editor)
    data = method_form()
    del data["action-publish"]
    page = TherapyMethodPage.objects.get(slug="nyt")
    data["heading"] = "Ett utkast till rubrik"
    data |= {"concern_links-0-id": str(page.concern_links.get().pk)}
    data |= {"concern_links-INITIAL_FORMS": "1"}
    assert editor.post(f"/admin/pages/{page.pk}/edit/", data).status_code == 302
    assert "Ett utkast" not in client.get("/terapimetoder/nyt/").content.decode()
    assert "Ett utkast" not in str(api.page("/terapimetoder/nyt/"))


def form_errors(response: Any) -> Any:
    return response.context and (response.context["form"].errors, response.context["form"])


def contact(**button: str) -> dict[str, Any]:
    """A body with one contact call to action that has the given button."""
    return streamfield([("contact_cta", {"heading": "H", "text": rich_text("<p>x</p>"), **button})])


def section(*, heading: str, text: str) -> dict[str, Any]:
    """A body with one section."""
    words = rich_text(text, features=["h3", "h4"])
    return streamfield([("section", {"heading": heading, "text": words})])


@pytest.mark.sampled
@pytest.mark.parametrize(
    ("changes", "message"),
    [
        (
            {"sessions_minimum": "9"},
            "Det högsta antalet samtal måste vara minst lika stort som det lägsta (9).",
        ),
        (
            {"sessions_maximum": ""},
            "Skriv både det lägsta och det högsta antalet samtal, eller inget av dem.",
        ),
        (
            {"sessions_minimum": "", "sessions_maximum": ""},
            "Skriv både det lägsta och det högsta antalet samtal, eller inget av dem.",
        ),
        ({"body": contact(page="", url="", button_label="B")}, "Välj sidan som knappen ska leda"),
        (
            {"body": contact(page="", url="mailto:a@example.com", button_label="")},
            "Skriv vad det ska stå på knappen.",
        ),
        (
            {"body": section(heading="", text="<h3>Underst</h3>")},
            "Skriv en rubrik för avsnittet, eftersom texten har underrubriker.",
        ),
        (
            {"body": contact(page="", url="http://osaker.example/", button_label="B")},
            "Adressen måste börja med något av: https://, mailto:, tel:.",
        ),
        (
            {"body": section(heading="H", text="<h4>Underst</h4>")},
            "Rubriken ”Underst” hoppar över en nivå: använd ”Rubrik 3” i stället.",
        ),
    ],
)
def test_what_is_wrong_is_said_in_the_editors_language(
    editor: Client, changes: dict[str, Any], message: str
) -> None:
    response = add_method(editor, **changes)
    assert response.status_code == 200
    assert shows(response, message)
    assert not TherapyMethodPage.objects.filter(slug="nyt").exists()


def shows(response: Any, message: str) -> bool:
    """Return whether a form shows a message, beside a field or in the data of a StreamField."""
    content = response.content.decode()
    return any(
        form in content
        for text in (message, json.dumps(message)[1:-1])
        for form in (text, escape(text))
    )


@pytest.mark.parametrize(
    ("alt_text", "decorative", "message"),
    [
        ("", False, "Beskriv vad bilden visar, eller markera den som dekorativ."),
        ("En stol", True, "En dekorativ bild har ingen alternativtext"),
    ],
)
def test_an_image_needs_words_or_the_mark(
    editor: Client, alt_text: str, decorative: bool, message: str
) -> None:
    image = TherapyMethodPage.objects.filter(image__isnull=False).first().image
    changes = {"image": str(image.pk), "image_alt_text": alt_text}
    if decorative:
        changes["image_is_decorative"] = "on"
    response = add_method(editor, **changes)
    assert response.status_code == 200
    assert message in str(response.context["form"].errors)


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("/admin/pages/add/pages/therapymethodpage/{index}/", "title"),
        ("/admin/snippets/pages/concern/add/", "name"),
        ("/admin/snippets/faq/faqtopic/add/", "name"),
    ],
)
def test_the_address_follows_the_name_while_one_types(
    editor: Client, address: str, name: str
) -> None:
    """The field is on another tab, where nobody looks who has just begun."""
    index = Page.objects.get(slug="terapimetoder")
    html = editor.get(address.format(index=index.pk)).content.decode()
    form = BeautifulSoup(html, "html.parser")
    field = form.find("input", {"name": name})
    assert "w-sync" in field["data-controller"]
    assert field["data-w-sync-target-value"] == "#id_slug"
    assert form.find(id="id_slug")["data-controller"] == "w-slug"
    assert not form.find(id="id_slug").get("data-w-slug-allow-unicode-value")


def test_an_empty_editor_is_no_text(editor: Client, api: Api) -> None:
    """A browser sends `null` for rich text in which nothing was written."""
    block = {
        "heading": "",
        "items": items("Sorg"),
        "text_before": "null",
        "text_after": "null",
    }
    answer = add_method(editor, body=streamfield([("list", block)]))
    assert answer.status_code == 302, form_errors(answer)
    (made,) = api.page("/terapimetoder/nyt/")["content"]["body"]
    assert (made["value"]["text_before"], made["value"]["text_after"]) == (None, None)
