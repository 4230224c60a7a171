"""Phrases without meaning in link texts and text alternatives, by language.

Compared in lower case, without arrows and punctuation. A language without a list is not checked.
"""

from typing import Final

# Link texts that are meaningless out of context. Rule: WCAG 2.2, success
# criterion 2.4.4, failure F63.
VAGUE_LINK_TEXTS: Final = {
    "sv": [
        "här",
        "hit",
        "klicka här",
        "tryck här",
        "läs mer",
        "läs mer här",
        "läs vidare",
        "se mer",
        "mer",
        "mer info",
        "mer information",
        "länk",
        "den här länken",
        "den här sidan",
        "gå vidare",
    ],
    "en": [
        "here",
        "click here",
        "press here",
        "tap here",
        "read more",
        "read more here",
        "read on",
        "learn more",
        "find out more",
        "see more",
        "more",
        "more info",
        "more information",
        "link",
        "this link",
        "this page",
        "continue",
    ],
}

# Beginnings of text alternatives that repeat what screen readers say. Rule: WCAG 2.2,
# technique G94; https://www.w3.org/WAI/tutorials/images/tips/
NEEDLESS_BEGINNINGS: Final = {
    "sv": ["bild av", "bild på", "bilden visar", "en bild", "foto av", "foto på", "fotografi av"],
    "en": [
        "image of",
        "picture of",
        "photo of",
        "photograph of",
        "an image",
        "a picture",
        "a photo",
    ],
}
