from typing import Any

from django.db import migrations, models


def copy_notes(apps: Any, schema_editor: Any) -> None:
    """Keep the note of a term in each of its languages: which one it is written in is not known."""
    forms = apps.get_model("translation", "TermForm").objects
    for term in apps.get_model("translation", "Term").objects.exclude(note=""):
        forms.filter(term=term).update(note=term.note)


def join_notes(apps: Any, schema_editor: Any) -> None:
    """Give each term the first note of its languages."""
    for term in apps.get_model("translation", "Term").objects.all():
        form = term.forms.exclude(note="").order_by("pk").first()
        if form is not None:
            term.note = form.note
            term.save()


class Migration(migrations.Migration):
    dependencies = [("translation", "0008_decided_times")]

    operations = [
        migrations.AddField(
            model_name="termform",
            name="note",
            field=models.CharField(
                blank=True,
                help_text="In this language: when to use the term, and what it must not be mixed "
                "up with.",
                max_length=250,
                verbose_name="note for translators",
            ),
        ),
        migrations.RunPython(copy_notes, join_notes),
        migrations.RemoveField(model_name="term", name="note"),
    ]
