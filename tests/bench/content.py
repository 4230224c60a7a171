"""A site with many pages: the demo content, and articles in sections below each home page.

Written in bulk, since publishing twenty thousand pages one by one would take an hour. What
answers are made of is there all the same: published pages in the tree and their translations,
references and search index. There are no revisions; no public answer reads them.
"""

import uuid
from collections import Counter
from collections.abc import Iterator

from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone
from wagtail.models import Locale, Page, ReferenceIndex
from wagtail.search.backends import get_search_backend
from wagtail.search.models import IndexEntry

from cms.core.search.backend import text_search_config
from pages.models import ContentPage, HomePage, TherapyMethodPage

SECTION_SIZE = 100
BATCH = 500
# As many articles as one list shows hold this word, however many there are.
RARE_WORD = {"sv": "fyrvaktare", "en": "lighthouse"}
RARE = 20
SUBJECTS = {
    "sv": ["sömn", "oro", "vila", "sorg", "tröst", "vardag", "familj", "arbete", "mod", "vänskap"],
    "en": ["sleep", "worry", "rest", "grief", "comfort", "days", "family", "work", "courage"],
}
TITLE = {"sv": "Artikel {}: om {} och {}", "en": "Article {}: on {} and {}"}


def fill(pages_per_language: int) -> None:
    """Add articles until each language has the given number of pages."""
    with transaction.atomic():
        keys: dict[int, uuid.UUID] = {}
        for locale in Locale.objects.order_by("pk"):
            there = Page.objects.filter(locale=locale, depth__gt=1).count()
            _add_articles(locale, pages_per_language - there, keys)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def _add_articles(locale: Locale, number: int, keys: dict[int, uuid.UUID]) -> None:
    home = HomePage.objects.get(locale=locale)
    pattern = TherapyMethodPage.objects.get(slug="ipt", locale=locale)
    articles = list(_articles(home, pattern, number, keys))
    plain = [
        Page(**{field.attname: getattr(page, field.attname) for field in Page._meta.fields})
        for page in articles
    ]
    for article, page in zip(articles, Page.objects.bulk_create(plain, BATCH), strict=True):
        article.pk = article.page_ptr_id = page.pk
    _insert_own_rows(articles)
    below = Counter(article.path[: -Page.steplen] for article in articles)
    for path, number_below in below.items():
        Page.objects.filter(path=path).update(numchild=F("numchild") + number_below)
    _copy_references(articles[0], articles[1:])
    _index(articles, locale.language_code)


def _articles(
    home: HomePage, pattern: TherapyMethodPage, number: int, keys: dict[int, uuid.UUID]
) -> Iterator[ContentPage]:
    """Every hundredth is a section, and the others are below it."""
    language = home.locale.language_code
    subjects = SUBJECTS[language]
    first_step = int(home.get_last_child().path[-Page.steplen :], 36) + 1
    section = home
    for count in range(number):
        section_number, place = divmod(count, SECTION_SIZE)
        parent, step = (section, place) if place else (home, first_step + section_number)
        first = subjects[count % len(subjects)]
        second = subjects[(count // len(subjects)) % len(subjects)]
        rare = f" {RARE_WORD[language]}" if 0 < count <= RARE else ""
        title = TITLE[language].format(count, first, second)
        slug = f"article-{count}"
        article = ContentPage(
            translation_key=keys.setdefault(count, uuid.uuid4()),
            locale=home.locale,
            content_type=ContentType.objects.get_for_model(ContentPage),
            title=title,
            draft_title=title,
            slug=slug,
            path=Page._get_path(parent.path, parent.depth + 1, step),
            depth=parent.depth + 1,
            url_path=f"{parent.url_path}{slug}/",
            live=True,
            first_published_at=timezone.now(),
            last_published_at=timezone.now(),
            heading=f"{title}?",
            introduction=f"<p>{title}.{rare}</p>{pattern.introduction}",
            image_id=pattern.image_id,
            image_alt_text=pattern.image_alt_text,
            body=list(pattern.body.raw_data),
        )
        if not place:
            section = article
        yield article


def _insert_own_rows(articles: list[ContentPage]) -> None:
    """The rows of the page type's own table; `bulk_create` knows no tables with parents."""
    fields = ContentPage._meta.local_concrete_fields
    columns = ", ".join(f'"{field.column}"' for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    table = ContentPage._meta.db_table
    rows = (
        [field.get_db_prep_save(field.pre_save(page, add=True), connection) for field in fields]
        for page in articles
    )
    with connection.cursor() as cursor:
        cursor.executemany(f'INSERT INTO "{table}" ({columns}) VALUES ({marks})', rows)


def _copy_references(first: ContentPage, others: list[ContentPage]) -> None:
    """Articles of one language have the same body and image, and so refer to the same."""
    ReferenceIndex.create_or_update_for_object(first)
    names = [
        field.column
        for field in ReferenceIndex._meta.concrete_fields
        if not field.primary_key and field.name != "object_id"
    ]
    columns = ", ".join(names)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {ReferenceIndex._meta.db_table} (object_id, {columns}) "
            f"SELECT key::text, {columns} FROM {ReferenceIndex._meta.db_table}, "
            "unnest(%s::int[]) AS key WHERE object_id = %s AND base_content_type_id = %s",
            [
                [page.pk for page in others],
                str(first.pk),
                ContentType.objects.get_for_model(Page).pk,
            ],
        )


def _index(articles: list[ContentPage], language: str) -> None:
    """Wagtail's own work for the articles with rare words; copies of one of the others' rows.

    Twenty thousand pages would take Wagtail half an hour.
    """
    indexed, copied = articles[: RARE + 2], articles[RARE + 2 :]
    get_search_backend().add_bulk(ContentPage, indexed)
    table = IndexEntry._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} (content_type_id, object_id, title, autocomplete, body, "
            "title_norm, title_text, body_text) SELECT content_type_id, key::text, "
            "setweight(to_tsvector(%s::regconfig, words), 'A'), autocomplete, body, "
            f"title_norm, words, body_text FROM {table}, "
            "unnest(%s::int[], %s::text[]) AS page (key, words) "
            "WHERE object_id = %s AND content_type_id = %s",
            [
                text_search_config(language),
                [page.pk for page in copied],
                [page.title for page in copied],
                str(indexed[-1].pk),
                ContentType.objects.get_for_model(ContentPage).pk,
            ],
        )
