"""Let the editors and publishers of a site that is there already keep the lists of the search."""

from django.db import migrations

GROUPS = ("Editors", "Publishers")
MODELS = ("synonyms", "crisisphrase")
ACTIONS = ("add", "change", "delete", "view")


def permit(apps, schema_editor):
    groups = apps.get_model("auth", "Group").objects.filter(name__in=GROUPS)
    for model in MODELS:
        content_type, _created = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
            app_label="search", model=model
        )
        for action in ACTIONS:
            # Named as Django names them after all migrations.
            label = apps.get_model("search", model)._meta.verbose_name_raw
            permission, _created = apps.get_model("auth", "Permission").objects.get_or_create(
                content_type=content_type,
                codename=f"{action}_{model}",
                defaults={"name": f"Can {action} {label}"},
            )
            for group in groups:
                group.permissions.add(permission)


class Migration(migrations.Migration):
    dependencies = [
        ("search", "0001_word_lists"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(permit, migrations.RunPython.noop)]
