"""What PostgreSQL needs to find words without reading the text of every page.

Wagtail's search asks for words in title and body joined, and joins what it finds to pages by
their ids written as text; its own indexes serve neither.
"""

from django.db import migrations

INDEXES = {
    "core_indexentry_words": "wagtailsearch_indexentry USING gin ((title || body))",
    "core_page_id_as_text": "wagtailcore_page ((id::varchar(50)))",
}


def create(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for name, definition in INDEXES.items():
            schema_editor.execute(f"CREATE INDEX {name} ON {definition}")


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for name in INDEXES:
            schema_editor.execute(f"DROP INDEX {name}")


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0001_headless_preview"),
        ("wagtailsearch", "0010_add_text_fields"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [migrations.RunPython(create, drop)]
