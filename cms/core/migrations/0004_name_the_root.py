from typing import Any

from django.conf import settings
from django.db import migrations


def name_the_root(apps: Any, schema_editor: Any) -> None:
    """Give the root of all pages the site's name, where it has the English one of Wagtail."""
    roots = apps.get_model("wagtailcore", "Page").objects.filter(depth=1, title="Root")
    roots.update(title=settings.WAGTAIL_SITE_NAME, draft_title=settings.WAGTAIL_SITE_NAME)


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0003_images"),
        ("wagtailcore", "0040_page_draft_title"),
    ]

    operations = [migrations.RunPython(name_the_root, migrations.RunPython.noop)]
