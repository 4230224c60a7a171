"""Blocks of a self-test: its questions, and the bands in which its answers end.

Their texts are translated; points and the ticks are the same in all languages.
"""

from typing import Any, Final

from django.utils.translation import gettext_lazy as _
from pydantic import Field
from wagtail import blocks

from cms.content.blocks.contact import button_address, button_errors, button_page
from cms.content.blocks.text import HeadingBlock
from cms.public.lookup import PublicLookup
from cms.public.rich_text import TEXT_FEATURES
from cms.public.schemas import Button, PublicSchema, RichText
from cms.public.streams import PublicBlock

MOST_POINTS: Final = 10
LEAST_CHOICES: Final = 2


class SelfTestChoice(PublicSchema):
    label: str
    points: int = Field(description=f"From 0 to {MOST_POINTS}.")
    points_to_danger: bool = Field(
        description="True where crisis help must be shown as soon as somebody chooses it."
    )


class SelfTestQuestion(PublicSchema):
    text: str
    help: str = Field(description="A line below the question; empty where there is none.")
    choices: list[SelfTestChoice] = Field(description="Two or more, of which one is chosen.")


class SelfTestBand(PublicSchema):
    """Holds the text for readers with at least `lowest_points`, and fewer than the next band's."""

    lowest_points: int
    heading: str
    meaning: RichText
    next_steps: RichText
    button: Button | None = Field(
        description="Where to turn; null only while the page that it leads to is not public."
    )


class ChoiceBlock(blocks.StructBlock):
    label = blocks.CharBlock(label=_("Text"), max_length=120)
    points = blocks.IntegerBlock(label=_("Points"), min_value=0, max_value=MOST_POINTS)
    points_to_danger = blocks.BooleanBlock(label=_("Points to danger"), required=False)

    class Meta:
        icon = "radio-full"
        label = _("Answer to choose")
        label_format = "{label}: {points}"


class QuestionBlock(PublicBlock, blocks.StructBlock):
    text = blocks.CharBlock(
        label=_("Question"),
        max_length=200,
        help_text=_(
            "In plain words of your own. Never a question from a named instrument (such as PHQ, "
            "GAD or WHO-5), and never one that leads to a diagnosis."
        ),
    )
    help = blocks.CharBlock(
        label=_("Help with the question"),
        required=False,
        default="",
        max_length=250,
        help_text=_("What you mean by it, where that helps. Can be left empty."),
    )
    choices = blocks.ListBlock(
        ChoiceBlock(),
        label=_("Answers to choose from"),
        min_num=LEAST_CHOICES,
        help_text=_(
            "Each with 0 to 10 points: more the harder things are, and the same in all languages. "
            "Tick an answer that may mean a risk to somebody’s life: the visitor sees the crisis "
            "help at once."
        ),
    )

    public_schema = SelfTestQuestion

    class Meta:
        icon = "help"
        label = _("Question")
        label_format = "{text}"
        description = _("A question with the answers to choose from, and their points.")
        template = "blocks/question.html"
        preview_value = {
            "text": _("How have you been sleeping?"),
            "help": _("Think of how it usually is."),
            "choices": [
                {"label": _("Well enough"), "points": 0, "points_to_danger": False},
                {"label": _("Badly most nights"), "points": 3, "points_to_danger": False},
            ],
        }

    def public_value(self, value: Any, lookup: PublicLookup) -> SelfTestQuestion:
        return SelfTestQuestion(
            text=value["text"],
            help=value["help"] or "",
            choices=[
                SelfTestChoice(
                    label=choice["label"],
                    points=choice["points"],
                    points_to_danger=bool(choice["points_to_danger"]),
                )
                for choice in value["choices"]
            ],
        )


class BandBlock(PublicBlock, blocks.StructBlock):
    lowest_points = blocks.IntegerBlock(
        label=_("Lowest points"),
        min_value=0,
        help_text=_(
            "From here up to where the next result begins. The lowest usually begins at 0."
        ),
    )
    heading = HeadingBlock(
        help_text=_("In plain words, and never the name of a diagnosis or of an illness.")
    )
    meaning = blocks.RichTextBlock(
        features=TEXT_FEATURES,
        label=_("What it can mean"),
        help_text=_("Careful words: what it can mean, not what somebody has."),
    )
    next_steps = blocks.RichTextBlock(
        features=TEXT_FEATURES,
        label=_("What to do next"),
        help_text=_("One or two things that can be done today, in every result."),
    )
    button_label = blocks.CharBlock(
        label=_("Where to turn: button label"), max_length=60, help_text=_("Such as “Contact us”.")
    )
    page = button_page()
    url = button_address()

    public_schema = SelfTestBand

    class Meta:
        icon = "form"
        label = _("Result")
        label_format = "{lowest_points}: {heading}"
        description = _("What visitors read whose points reach it, and where they can turn.")
        template = "blocks/band.html"
        preview_value = {
            "lowest_points": 0,
            "heading": _("You seem to be managing"),
            "meaning": _("Most days seem to work, even when some are heavy."),
            "next_steps": _("Keep up what does you good."),
            "button_label": _("Contact us"),
            "page": None,
            "url": "https://samtal.example",
        }

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        if self.is_deferred_validation and not (value["page"] or value["url"]):
            return value
        if errors := button_errors(value):
            raise blocks.StructBlockValidationError(block_errors=errors)
        return value

    def public_value(self, value: Any, lookup: PublicLookup) -> SelfTestBand:
        page = value["page"]
        target = lookup.target(page and page.pk, value["url"] or "")
        return SelfTestBand(
            lowest_points=value["lowest_points"],
            heading=value["heading"],
            meaning=lookup.rich_text(value["meaning"]),
            next_steps=lookup.rich_text(value["next_steps"]),
            button=Button(label=value["button_label"], target=target) if target else None,
        )


class QuestionsBlock(blocks.StreamBlock):
    question = QuestionBlock()


class BandsBlock(blocks.StreamBlock):
    band = BandBlock()
