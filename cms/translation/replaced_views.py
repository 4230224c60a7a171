"""Replace views of wagtail-localize that would make text of the source's language public.

`cms.admin_urls` puts them at the URLs of those that they replace.
"""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from bs4.exceptions import ParserRejectedMarkup
from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages
from wagtail_localize.models import (
    OverridableSegment,
    StringSegment,
    StringTranslation,
    Translation,
)

from cms.core.i18n import language_in_sentence
from cms.upstream.localize_views import UpdateTranslationsView

from .desk.override_saving import check_stored
from .engine import targets
from .engine.source_updates import update_source
from .engine.undecided import Undecided, publish_decided
from .engine.writing import Author, TextWriter

View = Callable[..., HttpResponseBase]


class UpdateForm(forms.Form):
    """Whether to publish complete translations as well."""

    publish_translations = forms.BooleanField(
        label=gettext_lazy("Publish what is translated"),
        help_text=gettext_lazy(
            "Publishes each translation in which every text is translated. What is live stays as "
            "it is where a text is missing, and where the translation editor has texts that "
            "visitors do not have yet: read those there and publish them."
        ),
        required=False,
    )


class SafeUpdateView(UpdateTranslationsView):
    """Take the published source into the segments; publish only what is translated.

    The "publish" of wagtail-localize puts the words of the source onto live pages.
    """

    template_name = "translation/update.html"
    title = gettext_lazy("Bring translations up to date")

    def get_form(self) -> UpdateForm:
        return UpdateForm(self.request.POST if self.request.method == "POST" else None)

    def form_valid(self, form: UpdateForm) -> HttpResponse:
        update_source(self.object)
        enabled = self.object.translations.filter(enabled=True)
        translations = list(enabled.select_related("source__locale", "target_locale"))
        self.components.save(self.object, sources_and_translations={self.object: translations})
        if form.cleaned_data["publish_translations"]:
            for translation in translations:
                self._publish(translation)
        else:
            messages.success(
                self.request,
                _("“%(object)s” is ready for translators. What is live stays as it is.")
                % {"object": self.object.object_repr},
            )
        return redirect(self.get_success_url() or self.get_default_success_url())

    def _publish(self, translation: Translation) -> None:
        words = {
            "object": self.object.object_repr,
            "language": language_in_sentence(translation.target_locale.language_code),
        }
        try:
            publish_decided(translation, self.request.user)
        except targets.NotReady as error:
            count = len(error.rows)
            words["count"] = count
            message = ngettext(
                "“%(object)s” in %(language)s keeps what is live: %(count)d text is not "
                "translated yet.",
                "“%(object)s” in %(language)s keeps what is live: %(count)d texts are not "
                "translated yet.",
                count,
            )
            messages.warning(self.request, message % words, buttons=self._edit_button(translation))
        except Undecided:
            message = _(
                "“%(object)s” in %(language)s keeps what is live: the translation editor has "
                "texts or values that visitors do not have yet. Read them there and publish."
            )
            button = messages.button(
                translation.get_target_instance_edit_url(), _("Review and publish")
            )
            messages.warning(self.request, message % words, buttons=[button])
        except PermissionDenied:
            message = _("You may not publish “%(object)s” in %(language)s.")
            messages.error(self.request, message % words)
        except ValidationError as error:
            words["reason"] = " ".join(error.messages)
            message = _("“%(object)s” in %(language)s was not published: %(reason)s")
            messages.error(self.request, message % words, buttons=self._edit_button(translation))
        else:
            message = _("“%(object)s” is published in %(language)s.")
            messages.success(self.request, message % words)

    def _edit_button(self, translation: Translation) -> list[Any]:
        url = translation.get_target_instance_edit_url()
        return [messages.button(url, _("Translate"))]


def refuse_alias(request: HttpRequest, page_id: int) -> HttpResponse:
    """Lead back to a page that cannot become an alias, which would show the words of its source."""
    messages.error(request, _("A page cannot be an alias of a page in another language."))
    return redirect("wagtailadmin_pages:edit", page_id)


def write_by_rules(view: View) -> View:
    """Decorate wagtail-localize's view of a single text, which stores whatever it is sent.

    What it has stored is taken back, and written through the one door.
    """

    @wraps(view)
    def checked(
        request: HttpRequest, translation_id: int, string_segment_id: int
    ) -> HttpResponseBase:
        with transaction.atomic():
            sent = None
            with transaction.atomic():
                try:
                    response = view(
                        request, translation_id=translation_id, string_segment_id=string_segment_id
                    )
                except ParserRejectedMarkup:
                    # What it cannot read as HTML, such as an unfinished marked section.
                    transaction.set_rollback(True)
                    told = _("This text cannot be used as it stands.")
                    return HttpResponse(told, status=HTTPStatus.BAD_REQUEST)
                if _is_put(request, response):
                    segment = StringSegment.objects.get(pk=string_segment_id)
                    translation = Translation.objects.get(pk=translation_id)
                    sent = StringTranslation.objects.get(
                        translation_of=segment.string_id,
                        context=segment.context_id,
                        locale=translation.target_locale_id,
                    ).data
                    transaction.set_rollback(True)
            if sent is not None:
                writer = TextWriter(translation, Author(request.user))
                writer.write(segment.context, segment.string, sent)
        return response

    return checked


def check_override(view: View) -> View:
    """Decorate wagtail-localize's view of a language's own value, which stores any.

    A wrong address or text is marked, as by the desk; what is no key of a chosen object is not
    stored.
    """

    @wraps(view)
    def checked(
        request: HttpRequest, translation_id: int, overridable_segment_id: int
    ) -> HttpResponseBase:
        with transaction.atomic():
            response = view(
                request,
                translation_id=translation_id,
                overridable_segment_id=overridable_segment_id,
            )
            if _is_put(request, response):
                segment = OverridableSegment.objects.get(pk=overridable_segment_id)
                translation = Translation.objects.get(pk=translation_id)
                if not check_stored(translation, segment):
                    transaction.set_rollback(True)
                    told = _("It is not saved: this cannot be chosen here.")
                    return HttpResponse(told, status=HTTPStatus.BAD_REQUEST)
        return response

    return checked


def _is_put(request: HttpRequest, response: HttpResponseBase) -> bool:
    done = response.status_code in (HTTPStatus.OK, HTTPStatus.CREATED)
    return done and request.method == "PUT"
