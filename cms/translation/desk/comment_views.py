"""Saves the comments on a text at the desk while its translator stays on the page."""

from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from cms.core.form_data import UnstorableText, is_storable

from ..comments.submitted_comments import take_comments
from ..engine.segments import TextKey
from .desk import Desk
from .text_views import TargetView, languages


class TextCommentsView(TargetView):
    """Takes what was written about one text; answers with its comments as they are now.

    What is locked can be talked about.
    """

    http_method_names = ["post"]

    def refuse(self) -> HttpResponseBase:
        return JsonResponse({"error": _("Not saved: you may no longer edit this.")}, status=403)

    def post(
        self, request: HttpRequest, translation_id: int, context_id: int, string_id: int
    ) -> HttpResponseBase:
        if not is_storable(list(request.POST.values())):
            raise UnstorableText
        taken = take_comments(self.translation.source, request.user, request.POST)
        desk = Desk(self.translation, request.user, self.admin.target)
        desk.refused_comments = taken.refused
        context = {
            **languages(self.translation),
            "comments": desk.comments.of(TextKey(context_id, string_id)),
        }
        return JsonResponse(
            {
                "comments": render_to_string("translation/comments/of_text.html", context, request),
                "told": " ".join([*taken.told, *taken.errors]),
            }
        )
