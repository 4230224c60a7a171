"""Notes on images that cannot be shown, and an index to find an image by the path of its file."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0002_search_indexes"),
        ("wagtailimages", "0027_image_description"),
    ]

    operations = [
        migrations.CreateModel(
            name="ImageFault",
            fields=[
                (
                    "image",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="fault",
                        serialize=False,
                        to="wagtailimages.image",
                    ),
                ),
                ("reason", models.TextField()),
                ("noticed_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={"default_permissions": ()},
        ),
        migrations.RunSQL(
            "CREATE INDEX core_rendition_file ON wagtailimages_rendition (file)",
            "DROP INDEX core_rendition_file",
        ),
    ]
