"""Admin views that export a translation as a file and import it."""

from dataclasses import asdict
from typing import Any, Final

from django import forms
from django.core import signing
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.defaultfilters import filesizeformat
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages
from wagtail_localize.models import Translation

from cms.content.locking import Locked, refuse_if_locked
from cms.core.edit_requests import lock_edits
from cms.core.editing_rights import edit_url

from ..engine.family import editable_translation
from . import po, xliff
from .files import LARGEST_FILE, InvalidFile, TranslationFile, Unit, translation_file
from .importing import TOOLS, import_texts, plan_import
from .presentation import plan_digest, sections_of

# File extension, media type and module with `read` and `write`, by the name of the format.
FORMATS: dict[str, tuple[str, str, Any]] = {
    "po": ("po", "text/x-gettext-translation", po),
    "xliff": ("xlf", "application/xliff+xml", xliff),
}
SALT: Final = "cms.translation.exchange"
# A plan that was left open longer than this is made anew from the file.
OPEN_SECONDS: Final = 24 * 60 * 60


class ImportForm(forms.Form):
    """Take a file."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("A PO or XLIFF file that was exported from this translation."),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > LARGEST_FILE:
            raise forms.ValidationError(
                _("The file is larger than %(size)s: it is not one of ours.")
                % {"size": filesizeformat(LARGEST_FILE)}
            )
        return file


def export(request: HttpRequest, translation_id: int, kind: str) -> HttpResponse:
    """Return a file with all texts of a translation. Raises Http404 for an unknown format."""
    translation, _target = editable_translation(request.user, translation_id)
    if kind not in FORMATS:
        raise Http404
    ending, media_type, module = FORMATS[kind]
    name = slugify(translation.source.object_repr) or "translation"
    language = translation.target_locale.language_code
    response = HttpResponse(module.write(translation_file(translation)), content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}-{language}.{ending}"'
    return response


def import_file(request: HttpRequest, translation_id: int) -> HttpResponse:
    """Ask for a file, show what its import would change, and write it when that is confirmed."""
    translation, target = editable_translation(request.user, translation_id)
    form, told = ImportForm(), ""
    if request.method == "POST":
        is_confirmed = "plan" in request.POST
        if not is_confirmed:
            form = ImportForm(request.POST, request.FILES)
        try:
            if is_confirmed:
                return _show_or_import(request, translation, target, *_confirmed(request))
            if form.is_valid():
                file = _read(form.cleaned_data["file"])
                return _show_or_import(request, translation, target, *file)
        except (Locked, InvalidFile) as error:
            told = str(error)
    return render(
        request,
        "translation/exchange/import.html",
        {
            "translation": translation,
            "target": target,
            "edit_url": edit_url(target),
            "form": form,
            "told": told,
        },
    )


def _show_or_import(
    request: HttpRequest, translation: Translation, target: Any, kind: str, content: TranslationFile
) -> HttpResponse:
    """Write what a file changes where just that was shown and confirmed, otherwise show it.

    Raises InvalidFile and Locked.
    """
    with transaction.atomic():
        lock_edits(type(target), target.pk)
        translation, target = editable_translation(request.user, translation.pk)
        refuse_if_locked(target, request.user)
        plan = plan_import(content, translation)
        shown = plan_digest(plan)
        if request.POST.get("shown") == shown:
            chosen = {int(key) for key in request.POST.getlist("take") if key.isdecimal()}
            texts = plan.to_write(chosen)
            import_texts(texts, translation, request.user, TOOLS[kind])
            messages.success(request, _told(len(texts)))
            return redirect(edit_url(target))
    if "shown" in request.POST:
        messages.warning(request, _("Texts have changed here meanwhile: look once more."))
    signed = signing.dumps({"kind": kind, "content": asdict(content)}, salt=SALT, compress=True)
    return render(
        request,
        "translation/exchange/import_plan.html",
        {
            "translation": translation,
            "target": target,
            "edit_url": edit_url(target),
            "plan": plan,
            "shown": shown,
            "signed": signed,
            "sections": sections_of(plan),
        },
    )


def redirect_upload(request: HttpRequest, translation_id: int) -> HttpResponse:
    """Redirect from wagtail-localize's upload, which ignores a file that does not fit."""
    if not Translation.objects.filter(pk=translation_id).exists():
        raise Http404
    return redirect("translation_import", translation_id)


def _read(upload: Any) -> tuple[str, TranslationFile]:
    """Return a file's format and content; the format follows from its name or first character.

    Raises InvalidFile.
    """
    data = upload.read()
    is_xml = upload.name.lower().endswith((".xlf", ".xliff", ".xml")) or data.lstrip()[:1] == b"<"
    return ("xliff", xliff.read(data)) if is_xml else ("po", po.read(data))


def _confirmed(request: HttpRequest) -> tuple[str, TranslationFile]:
    """Return the format and content that a plan was made from. Raises InvalidFile."""
    try:
        found = signing.loads(request.POST["plan"], salt=SALT, max_age=OPEN_SECONDS)
    except signing.BadSignature as error:
        raise InvalidFile(_("Too much time has passed. Give the file again.")) from error
    content = found["content"]
    units = [Unit(**unit) for unit in content.pop("units")]
    return found["kind"], TranslationFile(**content, units=units)


def _told(count: int) -> str:
    return ngettext("%(count)d text imported.", "%(count)d texts imported.", count) % {
        "count": count
    }
