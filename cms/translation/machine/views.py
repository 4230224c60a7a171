"""Admin view that translates by machine what has no translation."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from cms.content.locking import Locked, refuse_if_locked
from cms.core.editing_rights import edit_url

from ..engine.family import editable_translation
from .translating import MachineFailed, machine_translate


@require_POST
def translate_rest(request: HttpRequest, translation_id: int) -> HttpResponse:
    """Translate a translation's untranslated segments by machine and redirect to its editor."""
    translation, target = editable_translation(request.user, translation_id)
    try:
        refuse_if_locked(target, request.user)
        done = machine_translate(translation, request.user)
    except Locked as error:
        messages.error(request, str(error))
        return redirect(edit_url(target))
    except MachineFailed:
        messages.error(
            request,
            _("The translation service did not answer. Nothing was changed; try again later."),
        )
        return redirect(edit_url(target))
    if done:
        messages.success(
            request,
            ngettext(
                "%(count)d text was translated by a machine. Read and confirm it: until then it "
                "cannot be published.",
                "%(count)d texts were translated by a machine. Read and confirm them: until then "
                "they cannot be published.",
                done,
            )
            % {"count": done},
        )
    else:
        messages.warning(request, _("Everything has a translation already."))
    return redirect(edit_url(target))
