"""A page about a method in the parts that editors of such services write, as their forms send it.

Every text is Swedish with its English: the first is typed into the editor, the second at the desk.
"""

from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from tests.admin.forms import items

TEXTS = {
    # Heading and introduction.
    "GFT – Gestaltningsfokuserad terapi": "IFT – Imagery-focused therapy",
    "gft": "ift",
    "GFT": "IFT",
    "Hur kan inre bilder hjälpa?": "How can inner images help?",
    "Alla bär på bilder av det som har varit.": "Everyone carries images of what has been.",
    "En del av dem gör ont när de kommer.": "Some of them hurt when they come.",
    "Här får du veta hur ni arbetar med dem.": "Here you read how you work with them.",
    # Summary.
    "Det viktigaste": "TL;DR",
    "GFT är en samtalsterapi om inre bilder.": "IFT is a talk therapy about inner images.",
    # What it helps with.
    "Vad hjälper metoden mot?": "What does the method help with?",
    "Den används ofta när något kommer tillbaka:": "It is often used when something comes back:",
    "Mardrömmar": "Nightmares",
    "Skamfyllda minnen": "Memories full of shame",
    "Rädsla inför det som väntar": "Fear of what lies ahead",
    "Saknad": "Longing",
    "Spänningar i kroppen": "Tension in the body",
    "Du behöver inte veta varifrån de kommer.": "You need not know where they come from.",
    # What a session looks like.
    "Hur går ett möte till?": "What happens when you meet?",
    "Varje gång följer samma ordning.": "Each time follows the same order.",
    "Landa": "Arrive",
    "Ni börjar med hur du har det.": "You begin with how you are.",
    "Välja": "Choose",
    "Du väljer en bild att stanna vid.": "You choose an image to stay with.",
    "Utforska": "Explore",
    "Ni ser på den från flera håll.": "You look at it from several sides.",
    "Avsluta": "Close",
    "Du lämnar bilden för den här gången.": "You leave the image for this time.",
    "Mellan gångerna övar du i egen takt.": "Between times you practise at your own pace.",
    # Who it is for.
    "Vem passar den för?": "Who does it suit?",
    "Du behöver inte ha livlig fantasi.": "You do not need a vivid imagination.",
    "Det räcker att något av det här stämmer:": "It is enough that one of these is true:",
    "Du ser ofta samma bild": "You often see the same image",
    "Du har svårt att hitta ord": "You find it hard to find words",
    "Du vill arbeta i små steg": "You want to work in small steps",
    "Du har gått i terapi förut": "You have had therapy before",
    "Du är nyfiken": "You are curious",
    "Är du osäker pratar vi om det.": "If you are unsure, we talk about it.",
    # What sets it apart.
    "Vad är särskilt med den?": "What is special about it?",
    "Framför allt:": "Above all:",
    "Bilder": "Images",
    "De kommer före orden.": "They come before the words.",
    "Takten": "The pace",
    "Du bestämmer den.": "You decide on it.",
    "Hemma": "At home",
    "Övningarna är korta.": "The exercises are short.",
    "Annat liknar andra samtal.": "The rest is like other talks.",
    # How to get started.
    "Hur börjar man?": "How does one begin?",
    "Skriv några rader till oss.": "Write us a few lines.",
    "Vi svarar inom två dagar.": "We answer within two days.",
    "Hör av dig": "Get in touch with us",
    "Du kan också ringa.": "You can call, too.",
}


def paragraphs(*texts: str) -> str:
    return str(rich_text("".join(f"<p>{text}</p>" for text in texts)))


def form(*, cta: int, entries: list[int]) -> dict[str, str]:
    """Return the data of the form of a new page, with the keys of chosen shared content."""
    steps = ["Landa", "Välja", "Utforska", "Avsluta"]
    said = [
        "Ni börjar med hur du har det.",
        "Du väljer en bild att stanna vid.",
        "Ni ser på den från flera håll.",
        "Du lämnar bilden för den här gången.",
    ]
    points = {
        "Bilder": "De kommer före orden.",
        "Takten": "Du bestämmer den.",
        "Hemma": "Övningarna är korta.",
    }
    body = [
        (
            "list",
            {
                "heading": "Vad hjälper metoden mot?",
                "text_before": paragraphs("Den används ofta när något kommer tillbaka:"),
                "items": items(
                    "Mardrömmar",
                    "Skamfyllda minnen",
                    "Rädsla inför det som väntar",
                    "Saknad",
                    "Spänningar i kroppen",
                ),
                "text_after": paragraphs("Du behöver inte veta varifrån de kommer."),
            },
        ),
        ("self_test_cta", {"cta": str(cta)}),
        (
            "steps",
            {
                "heading": "Hur går ett möte till?",
                "text_before": paragraphs("Varje gång följer samma ordning."),
                "items": items(
                    *[
                        {"title": title, "text": paragraphs(text)}
                        for title, text in zip(steps, said, strict=True)
                    ]
                ),
                "text_after": paragraphs("Mellan gångerna övar du i egen takt."),
            },
        ),
        (
            "list",
            {
                "heading": "Vem passar den för?",
                "text_before": paragraphs(
                    "Du behöver inte ha livlig fantasi.",
                    "Det räcker att något av det här stämmer:",
                ),
                "items": items(
                    "Du ser ofta samma bild",
                    "Du har svårt att hitta ord",
                    "Du vill arbeta i små steg",
                    "Du har gått i terapi förut",
                    "Du är nyfiken",
                ),
                "text_after": paragraphs("Är du osäker pratar vi om det."),
            },
        ),
        (
            "key_points",
            {
                "heading": "Vad är särskilt med den?",
                "text_before": paragraphs("Framför allt:"),
                "items": items(
                    *[
                        {"term": term, "description": paragraphs(text)}
                        for term, text in points.items()
                    ]
                ),
                "text_after": paragraphs("Annat liknar andra samtal."),
            },
        ),
        (
            "section",
            {
                "heading": "Hur börjar man?",
                "text": paragraphs("Skriv några rader till oss.", "Vi svarar inom två dagar."),
            },
        ),
        (
            "contact_cta",
            {
                "heading": "Hör av dig",
                "text": paragraphs("Du kan också ringa."),
                "button_label": "",
                "page": "",
                "url": "",
            },
        ),
        (
            "faq_list",
            {"heading": "", "entries": items(*map(str, entries))},
        ),
    ]
    return nested_form_data(
        {
            "title": "GFT – Gestaltningsfokuserad terapi",
            "slug": "gft",
            "heading": "Hur kan inre bilder hjälpa?",
            "introduction": paragraphs(
                "Alla bär på bilder av det som har varit.",
                "En del av dem gör ont när de kommer.",
                "Här får du veta hur ni arbetar med dem.",
            ),
            "image": "",
            "image_alt_text": "",
            "abbreviation": "GFT",
            "summary_label": "Det viktigaste",
            "summary": paragraphs("GFT är en samtalsterapi om inre bilder."),
            "sessions_minimum": "6",
            "sessions_maximum": "10",
            "session_minutes": "",
            "concern_links": inline_formset([]),
            "body": streamfield(body),
            "comments": inline_formset([]),
            "seo_title": "",
            "search_description": "",
            "go_live_at": "",
            "expire_at": "",
            "action-publish": "action-publish",
        }
    )
