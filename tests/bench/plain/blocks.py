"""The body of a method page, of Wagtail's own blocks: fields and names are those of ours."""

from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock
from wagtail.snippets.blocks import SnippetChooserBlock


class StepBlock(blocks.StructBlock):
    title = blocks.CharBlock()
    text = blocks.RichTextBlock()


class KeyPointBlock(blocks.StructBlock):
    term = blocks.CharBlock()
    description = blocks.RichTextBlock()


def _items(item: blocks.Block) -> list[tuple[str, blocks.Block]]:
    return [
        ("heading", blocks.CharBlock(required=False)),
        ("text_before", blocks.RichTextBlock(required=False)),
        ("items", blocks.ListBlock(item)),
        ("text_after", blocks.RichTextBlock(required=False)),
    ]


def _heading_and_text() -> list[tuple[str, blocks.Block]]:
    return [
        ("heading", blocks.CharBlock(required=False)),
        ("text", blocks.RichTextBlock()),
    ]


class BodyBlock(blocks.StreamBlock):
    section = blocks.StructBlock(_heading_and_text())
    steps = blocks.StructBlock(_items(StepBlock()))
    key_points = blocks.StructBlock(_items(KeyPointBlock()))
    list = blocks.StructBlock(_items(blocks.CharBlock()))
    quote = blocks.StructBlock(
        [("text", blocks.TextBlock()), ("attribution", blocks.CharBlock(required=False))]
    )
    callout = blocks.StructBlock([*_heading_and_text(), ("tone", blocks.CharBlock())])
    image = blocks.StructBlock(
        [
            ("image", ImageChooserBlock()),
            ("alt_text", blocks.CharBlock(required=False)),
            ("decorative", blocks.BooleanBlock(required=False)),
            ("caption", blocks.CharBlock(required=False)),
        ]
    )
    faq_list = blocks.StructBlock(
        [
            ("heading", blocks.CharBlock(required=False)),
            ("entries", blocks.ListBlock(SnippetChooserBlock("plain.FaqEntry"))),
        ]
    )
    self_test_cta = blocks.StructBlock([("cta", SnippetChooserBlock("plain.SelfTestCallToAction"))])
    related_methods = blocks.StructBlock(
        [
            ("heading", blocks.CharBlock()),
            (
                "methods",
                blocks.ListBlock(blocks.PageChooserBlock("plain.TherapyMethodPage")),
            ),
        ]
    )
    contact_cta = blocks.StructBlock(
        [
            *_heading_and_text(),
            ("button_label", blocks.CharBlock(required=False)),
            ("page", blocks.PageChooserBlock(required=False)),
            ("url", blocks.CharBlock(required=False)),
        ]
    )
