"""Tests our system checks: silent for the project, loud for each broken rule."""

import re

from cms.content.checks import check_page_blocks, check_page_types, check_snippets
from tests.test_setup import manage

WHAT_IS_BROKEN = {
    ("Foreign", "E001", ""),
    ("Nameless", "E002", ""),
    ("Shapeless", "E002", ""),
    ("Twin", "E003", ""),
    ("WithBlocks", "E004", "mute"),
    ("WithBlocks", "E004", "plain"),
    ("WithBlocks", "E005", "mute"),
    ("WithBlocks", "E005", "plain"),
    ("WithBlocks", "E006", "lost"),
    ("WithBlocks", "E006", "torn"),
    ("WithBlocks", "E007", "plain"),
    ("Unreachable", "E008", ""),
}


def test_this_site_keeps_the_rules() -> None:
    assert [*check_page_types(None), *check_page_blocks(None), *check_snippets(None)] == []


def test_whatever_is_broken_is_named() -> None:
    result = manage("check", DJANGO_SETTINGS_MODULE="tests.content.broken.settings")
    assert "Traceback" not in result.stderr
    said = re.findall(r"^broken\.(\w+): \(samtal\.(E\d+)\)(?: Block '(\w+)')?", result.stderr, re.M)
    assert set(said) == WHAT_IS_BROKEN
    assert len(said) == len(WHAT_IS_BROKEN)
    assert result.returncode == 1
