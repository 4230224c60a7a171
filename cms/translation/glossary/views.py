"""Edit the glossary in the admin."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.model import ModelViewSet

from cms.core.creation import CreatesOnce
from cms.upstream.page_views import CreateView, IndexView

from .models import Term


class TermIndexView(IndexView):
    """List terms with the names of all languages in one query."""

    def get_base_queryset(self) -> QuerySet[Term]:
        terms: QuerySet[Term] = super().get_base_queryset()
        return terms.prefetch_related("forms__locale")


class TermCreateView(CreatesOnce, CreateView):
    pass


class TermViewSet(ModelViewSet):
    """List, search by any language's name, and edit terms."""

    model = Term
    icon = "openquote"
    menu_label = _("Glossary")
    menu_name = "glossary"
    menu_order = 230
    add_to_admin_menu = True
    add_view_class = TermCreateView
    index_view_class = TermIndexView
    list_display: list[Any] = ["__str__", "note"]
    list_per_page = 50
    search_fields = ["forms__text", "forms__also"]
    search_backend_name = None
    inspect_view_enabled = False


glossary_viewset = TermViewSet("glossary")
