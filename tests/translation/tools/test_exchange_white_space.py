"""Two texts at a place that differ in white space only are two texts in a file."""

import re

import polib
import pytest
from defusedxml.ElementTree import fromstring, tostring
from django.test import Client
from wagtail_localize.models import StringTranslation, Translation

from cms.translation.exchange.xliff import NAMESPACE
from pages.models import ContentPage
from tests.translation.conftest import publish
from tests.translation.tools.exchanging import KINDS, exported, give_back, planned

ONE, TWO = "Ring oss.", "Ring  oss."


@pytest.fixture
def twice(page: ContentPage, translation: Translation) -> Translation:
    publish(page, introduction=f"<p>{ONE}</p><p>{TWO}</p>")
    return translation


def translated(data: str, kind: str, targets: list[str], *, collapsed: bool) -> bytes:
    """Fill in the targets of both texts, in the order of the file."""
    left = list(targets)
    if kind == "po":
        entries = polib.pofile(data)
        for entry in entries:
            if entry.msgctxt == "introduction" and left:
                entry.msgstr = left.pop(0)
                entry.msgid = re.sub(" +", " ", entry.msgid) if collapsed else entry.msgid
        return str(entries).encode()
    root = fromstring(data)
    units = root.iterfind(f".//{{{NAMESPACE}}}trans-unit[@resname='introduction']")
    for unit, target in zip(list(units), left, strict=False):
        unit[1].text = target
        unit[1].set("state", "translated")
        if collapsed:
            unit[0].text = re.sub(" +", " ", unit[0].text or "")
    return bytes(tostring(root))


def texts(translation: Translation) -> dict[str, str]:
    found = StringTranslation.objects.filter(
        context__object=translation.source.object_id, context__path="introduction"
    )
    return dict(found.values_list("translation_of__data", "data"))


@pytest.mark.sampled
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("collapsed", [False, True])
def test_each_gets_its_own_translation(
    desk: Client, twice: Translation, kind: str, collapsed: bool
) -> None:
    data = exported(desk, twice, kind)
    file = translated(data, kind, ["Call us.", "Do call us."], collapsed=collapsed)
    give_back(desk, twice, file, kind)
    assert texts(twice) == {ONE: "Call us.", TWO: "Do call us."}


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_with_one_of_them_fills_that_one(
    desk: Client, page: ContentPage, translation: Translation, kind: str
) -> None:
    publish(page, introduction=f"<p>{TWO}</p>")
    data = exported(desk, translation, kind)
    publish(page, introduction=f"<p>{ONE}</p><p>{TWO}</p>")
    file = translated(data, kind, ["Do call us."], collapsed=False)
    shown = planned(desk, translation, file, kind)
    assert shown.context["plan"].missing == 1
    give_back(desk, translation, file, kind)
    assert texts(translation) == {TWO: "Do call us."}
