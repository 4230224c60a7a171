from django.db import migrations, models


def make_unlogged(apps, schema_editor):
    """Spare PostgreSQL the log of what can be made anew."""
    if schema_editor.connection.vendor == "postgresql":
        table = schema_editor.quote_name(apps.get_model("caching", "KeptAnswer")._meta.db_table)
        schema_editor.execute(f"ALTER TABLE {table} SET UNLOGGED")


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="KeptAnswer",
            fields=[
                ("key", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("release", models.CharField(max_length=64)),
                ("version", models.BigIntegerField()),
                ("expired", models.FloatField()),
                ("nodes", models.JSONField(null=True)),
                ("headers", models.JSONField()),
                ("coding", models.CharField(max_length=10)),
                ("body", models.BinaryField()),
            ],
            options={"default_permissions": ()},
        ),
        migrations.RunPython(make_unlogged, migrations.RunPython.noop),
    ]
