"""Repairs what wagtail-localize left behind where translations were begun in another order.

Pages that were aliases in another language until they were submitted for translation, and are
live with the text of their source since, become drafts. Aliases of aliases follow the page
itself. Originals are no longer translations of their own translations.
"""

from django.db import migrations
from django.db.models import Exists, F, OuterRef

PLACE_KEPT = "samtal.keep_place"


def repair(apps, schema_editor):
    changed = make_drafts(apps)
    changed |= follow_originals(apps)
    changed |= remove_reversed_translations(apps)
    if changed:
        tell(apps)


def make_drafts(apps):
    """A page that was published by itself since has a later live revision, which is its own."""
    Page = apps.get_model("wagtailcore", "Page")
    LogEntry = apps.get_model("wagtailcore", "PageLogEntry")
    freed = LogEntry.objects.filter(page_id=OuterRef("pk"), action="wagtail.convert_alias")
    source = Page.objects.filter(
        translation_key=OuterRef("translation_key"), pk__lt=OuterRef("pk")
    ).exclude(locale=OuterRef("locale"))
    candidates = Page.objects.filter(Exists(freed), Exists(source), live=True, alias_of=None)
    found = []
    for page in candidates.select_related("live_revision"):
        revision = page.live_revision
        entries = LogEntry.objects.filter(page_id=page.pk, action="wagtail.convert_alias")
        if (
            revision is None
            or revision.object_id != str(page.pk)
            or entries.filter(revision_id=revision.pk).exists()
        ):
            entry = entries.latest("pk")
            found.append(page.pk)
            LogEntry.objects.create(
                page_id=page.pk,
                content_type_id=entry.content_type_id,
                label=entry.label,
                action=PLACE_KEPT,
                timestamp=entry.timestamp,
                content_changed=False,
                deleted=False,
            )
    Page.objects.filter(pk__in=found).update(
        live=False,
        has_unpublished_changes=True,
        live_revision=None,
        first_published_at=None,
        last_published_at=None,
    )
    return bool(found)


def follow_originals(apps):
    Page = apps.get_model("wagtailcore", "Page")
    sources = dict(Page.objects.exclude(alias_of=None).values_list("pk", "alias_of"))
    longer = [pk for pk, source in sources.items() if source in sources]
    for pk in longer:
        seen, original = {pk}, sources[pk]
        while original in sources and original not in seen:
            seen.add(original)
            original = sources[original]
        Page.objects.filter(pk=pk).update(alias_of=original)
    return bool(longer)


def remove_reversed_translations(apps):
    """Of two translations in opposite directions, the first one was made on purpose."""
    Translation = apps.get_model("wagtail_localize", "Translation")
    first = Translation.objects.filter(
        source__object=OuterRef("source__object"),
        source__locale=OuterRef("target_locale"),
        target_locale=OuterRef("source__locale"),
        pk__lt=OuterRef("pk"),
    )
    reversed_ones = list(
        Translation.objects.filter(Exists(first)).select_related("source__specific_content_type")
    )
    for translation in reversed_ones:
        kind = translation.source.specific_content_type
        model = apps.get_model(kind.app_label, kind.model)
        original = model._base_manager.filter(
            translation_key=translation.source.object_id, locale=translation.target_locale_id
        )
        original.update(stale_since=None, stale_source_locale="")
        translation.delete()
    return bool(reversed_ones)


def tell(apps):
    """Let answers that are kept end: the journal's row means that any page may differ."""
    counter = apps.get_model("journal", "JournalCounter").objects.filter(pk=1)
    counter.update(number=F("number") + 1)
    for site in apps.get_model("wagtailcore", "Site").objects.all()[:1]:
        apps.get_model("journal", "ContentChange").objects.create(
            version=counter.values_list("number", flat=True).get(),
            action="changed",
            kind="site",
            type="wagtailcore.Site",
            object_id=site.pk,
            reach="site",
        )


class Migration(migrations.Migration):

    dependencies = [
        ('faq', '0002_translations_behind'),
        ('journal', '0001_change_journal'),
        ('pages', '0003_clinical_review_facts'),
        ('translation', '0003_glossary'),
        ('wagtail_localize', '0016_rename_page_revision_translationlog_revision'),
        ('wagtailcore', '0098_apitoken'),
    ]

    operations = [migrations.RunPython(repair, migrations.RunPython.noop, elidable=True)]
