"""Templates of Wagtail and wagtail-localize that ours extend, include or stand in for."""

import hashlib
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

# The file of Wagtail 8.0 or wagtail-localize 1.14, by twelve digits of its SHA-256.
TEMPLATES = {
    "wagtail_localize/admin/_components.html": "0ef90950b4b4",
    "wagtailadmin/base.html": "d9022f8527df",
    "wagtailadmin/generic/base.html": "396c75d15810",
    "wagtailadmin/generic/confirm_unpublish.html": "be455f5ded58",
    "wagtailadmin/generic/edit.html": "5373bc78e711",
    "wagtailadmin/generic/index.html": "6e31221d24d7",
    "wagtailadmin/home/workflow_objects_to_moderate.html": "ce928d862828",
    "wagtailadmin/notifications/updated_comments.txt": "002a1d750fe4",
    "wagtailadmin/pages/listing/_locked_indicator.html": "c42abe1cd33c",
    "wagtailadmin/pages/listing/_privacy_indicator.html": "3efa900a7e7d",
    "wagtailadmin/pages/listing/_page_title_cell.html": "53c35850fc52",
    "wagtailadmin/pages/listing/_page_title_explore.html": "082a0f0c0555",
    "wagtailadmin/reports/base_report_results.html": "2c7274783262",
    "wagtailadmin/reports/listing/_list_page_types_usage.html": "d8b25a2f35ef",
    "wagtailadmin/shared/_workflow_init.html": "fe7d0d6767db",
    "wagtailadmin/shared/action_menu/menu.html": "754fe010b335",
    "wagtailadmin/shared/header.html": "37d78005e661",
    "wagtailadmin/shared/headers/_actions.html": "facea723b6b9",
    "wagtailadmin/shared/headers/slim_header.html": "4c6743cc3a57",
    "wagtailadmin/shared/non_field_errors.html": "e6b659fb701b",
    "wagtailadmin/shared/page_status_tag.html": "9d4a2f8bd579",
    "wagtailadmin/shared/side_panels/includes/status/locale.html": "6f392e0aa6c4",
    "wagtailadmin/shared/user_avatar.html": "10cbd09a2e94",
    "wagtailadmin/tables/title_cell.html": "f98d7437d007",
    "wagtailcore/login.html": "38570cee5a5a",
    "wagtailcore/password_required.html": "707b31d06454",
    "wagtailcore/shared/block_preview.html": "e35023cfde06",
    "wagtaildocs/password_required.html": "64410df722c3",
    "wagtailimages/chooser/results.html": "1ae71524a339",
    "wagtaillocales/_icon.html": "92d6bfba7a2c",
    "wagtaillocales/index.html": "a7fb4f60c524",
    "wagtailsnippets/snippets/delete.html": "69b249ba109d",
    "wagtailsnippets/snippets/edit.html": "341d09c1d3e1",
}
USED = re.compile(r"""{%\s*(?:extends|include)\s+["'](wagtail[^"']+)["']""")
ROOT = Path(settings.BASE_DIR)


def our_templates() -> list[Path]:
    folders = [ROOT / "templates", *(ROOT / "cms").glob("*/templates")]
    return [path for folder in folders for path in folder.rglob("*.*") if path.is_file()]


def name_of(path: Path) -> str:
    return path.as_posix().rpartition("/templates/")[2]


def upstream_file(name: str) -> Path | None:
    folders = [
        Path(app.path) / "templates"
        for app in apps.get_app_configs()
        if ROOT not in Path(app.path).parents or ".venv" in Path(app.path).parts
    ]
    return next((path for folder in folders if (path := folder / name).exists()), None)


def used_templates() -> set[str]:
    """The names of upstream templates that ours extend, include or take the place of."""
    used = {name for path in our_templates() for name in USED.findall(path.read_text())}
    replaced = {name_of(path) for path in our_templates() if name_of(path).startswith("wagtail")}
    return {name for name in used | replaced if upstream_file(name)}


def test_every_template_that_we_use_is_listed() -> None:
    assert used_templates() == set(TEMPLATES)


@pytest.mark.parametrize(("name", "expected"), sorted(TEMPLATES.items()))
def test_the_template_is_the_one_that_ours_were_made_for(name: str, expected: str) -> None:
    path = upstream_file(name)
    assert path is not None, f"{name} is gone upstream: our template has nothing to stand on."
    found = hashlib.sha256(path.read_bytes()).hexdigest()[:12]
    assert found == expected, (
        f"Upstream's template {name} changed ({found}): compare it with what ours extend, include "
        "or repeat, then write the new value here."
    )


BLOCKS = {
    "wagtailadmin/notifications/updated_comments.txt": {"content"},
    "wagtailadmin/shared/side_panels/includes/status/locale.html": {"bottom"},
    "wagtailcore/shared/block_preview.html": {"css", "content"},
    "wagtailsnippets/snippets/delete.html": {"usage_summary"},
    "wagtailsnippets/snippets/edit.html": {"before_form"},
    "wagtailadmin/generic/confirm_unpublish.html": {"main_content", "confirmation_text"},
}


@pytest.mark.parametrize(("name", "blocks"), sorted(BLOCKS.items()))
def test_the_blocks_that_we_fill_exist(name: str, blocks: set[str]) -> None:
    found: set[str] = set()
    while name and (path := upstream_file(name)):
        text = path.read_text()
        found |= set(re.findall(r"{%\s*block\s+(\w+)", text))
        parents = re.findall(r"""{%\s*extends\s+["']([^"']+)["']""", text)
        name = parents[0] if parents else ""
    assert blocks <= found, f"{name} has no block {sorted(blocks - found)} any more: ours is empty."
