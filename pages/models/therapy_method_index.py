"""Page type of the page that lists therapy methods."""

from collections import Counter
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _

from cms.content.models import BasePage
from cms.core.collation import in_alphabetical_order
from cms.public.cache_headers import mark_transient, mark_web_page
from cms.public.lookup import PublicLookup
from cms.public.nodes import children_node
from cms.public.schemas import ConcernLabel
from cms.public.seo_schemas import Seo
from cms.public.visibility import PublicScope, public_snippets

from ..schemas import ConcernWithCount, TherapyMethodIndexContent
from .concern import Concern
from .therapy_method import TherapyMethodPage


class TherapyMethodIndexPage(BasePage):
    """A page that lists therapy methods, which readers can filter by concern."""

    public_type = "therapy_method_index"
    content_schema = TherapyMethodIndexContent
    template = "pages/therapy_method_index_page.html"
    parent_page_types = ["pages.HomePage"]
    subpage_types = ["pages.TherapyMethodPage"]
    max_count_per_parent = 1
    listed_on = ("pages.ConcernIndexPage",)
    query_parameters = frozenset({"concern"})

    class Meta:
        verbose_name = _("therapy method index page")
        verbose_name_plural = _("therapy method index pages")

    def public_content(self, lookup: PublicLookup) -> TherapyMethodIndexContent:
        lookup.scope.note(children_node(self.pk))
        children = TherapyMethodPage.objects.child_of(self).filter(lookup.scope.public_q)
        methods = lookup.summaries(children.only("content_type", "depth"))
        count = Counter(concern.id for method in methods for concern in method.concerns)
        concerns = list(
            in_alphabetical_order(
                public_snippets(Concern).filter(pk__in=count), lookup.locale.language_code
            )
        )
        lookup.prime(concerns)
        return TherapyMethodIndexContent(
            **self.base_content(lookup),
            methods=methods,
            concerns=[
                ConcernWithCount(
                    **concern.public_value(lookup).model_dump(), method_count=count[concern.pk]
                )
                for concern in concerns
            ],
        )

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().serve(request, *args, **kwargs)
        context = getattr(response, "context_data", None) or {}
        chosen = context.get("chosen_concern") or context.get("empty_concern")
        if chosen is not None and chosen.path is not None:
            # What was a choice in this list has become a page of its own.
            moved = redirect(chosen.path)
            mark_web_page(request, moved, PublicScope.for_request(request).site)
            return moved
        if isinstance(response, TemplateResponse) and (response.context_data or {}).get(
            "unknown_concern"
        ):
            mark_transient(response)
        return response

    def _without_methods(self, slug: str, lookup: PublicLookup) -> ConcernLabel | None:
        """Return a public concern of the page's language, None where there is none."""
        found = public_snippets(Concern).filter(slug=slug, locale=self.locale_id).first()
        if found is None:
            return None
        lookup.prime([found])
        return found.public_label(lookup)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        content = context["content"]
        wanted = request.GET.get("concern", "")
        chosen = next((concern for concern in content.concerns if concern.slug == wanted), None)
        if chosen:
            context["seo"] = _seo_of_choice(context["seo"], chosen)
        is_unknown = bool(wanted) and chosen is None
        return {
            **context,
            "chosen_concern": chosen,
            "unknown_concern": is_unknown,
            # One that no method of this list is for.
            "empty_concern": self._without_methods(wanted, context["lookup"])
            if is_unknown
            else None,
            # What was asked for comes first then, and the choices after it.
            "is_narrowed": bool(wanted),
            "methods": [
                method
                for method in content.methods
                if chosen is None or chosen.id in {concern.id for concern in method.concerns}
            ],
        }


def _seo_of_choice(seo: Seo, concern: ConcernWithCount) -> Seo:
    """Return the search engines' title and description for the methods of one concern.

    The canonical address stays that of the whole list, which holds the same methods.
    """
    return seo.model_copy(
        update={
            "title": f"{concern.name} – {seo.title}",
            "description": concern.description or seo.description,
        }
    )
