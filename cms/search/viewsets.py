"""Edit the lists of the search in the admin."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import LocaleColumn
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.model import ModelViewSet

from cms.core.creation import CreatesOnce
from cms.upstream.page_views import CreateView

from .models import CrisisPhrase, Synonyms


class ListedCreateView(CreatesOnce, CreateView):
    pass


class WordListViewSet(ModelViewSet):
    """List by language, search by the words, and edit."""

    add_view_class = ListedCreateView
    list_filter = ["locale"]
    list_per_page = 50
    search_backend_name = None
    inspect_view_enabled = False


class SynonymsViewSet(WordListViewSet):
    model = Synonyms
    icon = "tag"
    menu_label = _("Synonyms")
    list_display: list[Any] = ["words", LocaleColumn(label=_("Language"))]
    search_fields = ["words"]


class CrisisPhraseViewSet(WordListViewSet):
    model = CrisisPhrase
    icon = "warning"
    menu_label = _("Crisis words")
    list_display: list[Any] = ["text", LocaleColumn(label=_("Language"))]
    search_fields = ["text"]


class SearchGroup(ViewSetGroup):
    menu_label = _("Visitors’ search")
    menu_icon = "search"
    menu_order = 235
    items = (SynonymsViewSet("synonyms"), CrisisPhraseViewSet("crisis_words"))
