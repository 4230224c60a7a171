"""Admin views that export a translation as a file and import it."""

from typing import Any, Final

from django import forms
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
from ..engine.texts import plain
from . import po, xliff
from .files import LARGEST_FILE, InvalidFile, TranslationFile, Unit, translation_file
from .importing import TOOLS, ImportPlan, check_file, import_texts, shown

# File extension, media type and module with `read` and `write`, by the name of the format.
FORMATS: dict[str, tuple[str, str, Any]] = {
    "po": ("po", "text/x-gettext-translation", po),
    "xliff": ("xlf", "application/xliff+xml", xliff),
}


# Texts that a message names at most.
NAMED: Final = 10


class ImportForm(forms.Form):
    """Take a file, and whether to import only the texts that still fit."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("A PO or XLIFF file that was exported from this translation."),
    )
    only_fitting = forms.BooleanField(
        label=gettext_lazy("Import what still fits"),
        required=False,
        help_text=gettext_lazy(
            "For a file that is older than the text it was made from: texts that have changed "
            "since, and those that somebody has translated here meanwhile, are passed over."
        ),
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
    """Show a form for a file, and import all of the file or report why nothing was imported."""
    translation, target = editable_translation(request.user, translation_id)
    form = ImportForm(request.POST, request.FILES) if request.method == "POST" else ImportForm()
    found = None
    if form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            kind, content = _read(upload.name, upload.read())
            with transaction.atomic():
                lock_edits(type(target), target.pk)
                translation, target = editable_translation(request.user, translation_id)
                refuse_if_locked(target, request.user)
                found = check_file(content, translation, request.user)
                is_taken = not found.invalid and (
                    form.cleaned_data["only_fitting"] or not (found.gone or found.conflicts)
                )
                if is_taken:
                    import_texts(found.texts, translation, request.user, TOOLS[kind])
        except (Locked, InvalidFile) as error:
            form.add_error("file", str(error))
        else:
            if is_taken:
                messages.success(request, _summary(found))
                if found.copies:
                    messages.warning(request, _about_copies(found.copies))
                return redirect(edit_url(target))
    return render(
        request,
        "translation/exchange/import.html",
        {
            "translation": translation,
            "target": target,
            "edit_url": edit_url(target),
            "form": form,
            "gone": [shown(unit.source) for unit in found.gone] if found else [],
            "is_older": found is not None and found.is_older,
            "conflicts": [
                (shown(unit.source), plain(unit.target), plain(here))
                for unit, here in found.conflicts
            ]
            if found
            else [],
            "invalid": [(shown(unit.source), error) for unit, error in found.invalid]
            if found
            else [],
        },
    )


def redirect_upload(request: HttpRequest, translation_id: int) -> HttpResponse:
    """Redirect from wagtail-localize's upload, which ignores a file that does not fit."""
    if not Translation.objects.filter(pk=translation_id).exists():
        raise Http404
    return redirect("translation_import", translation_id)


def _read(name: str, data: bytes) -> tuple[str, TranslationFile]:
    """Return a file's format and content; the format follows from its name or first character."""
    is_xml = name.lower().endswith((".xlf", ".xliff", ".xml")) or data.lstrip()[:1] == b"<"
    return ("xliff", xliff.read(data)) if is_xml else ("po", po.read(data))


def _about_copies(copies: list[Unit]) -> str:
    named = ", ".join(f"“{shown(unit.source)}”" for unit in copies[:NAMED])
    if len(copies) > NAMED:
        named += ", …"
    return ngettext(
        "%(count)d text is the same as the original in the file and counts as not translated: "
        "%(texts)s. Where that is right, choose “Same in both languages” beside the text.",
        "%(count)d texts are the same as the original in the file and count as not translated: "
        "%(texts)s. Where that is right, choose “Same in both languages” beside the text.",
        len(copies),
    ) % {"count": len(copies), "texts": named}


def _summary(found: ImportPlan) -> str:
    parts = [
        ngettext("%(count)d text imported", "%(count)d texts imported", len(found.texts))
        % {"count": len(found.texts)}
    ]
    if found.unchanged:
        parts.append(_("%(count)d were the same already") % {"count": found.unchanged})
    if found.empty:
        parts.append(_("%(count)d are not translated in the file") % {"count": found.empty})
    if found.missing:
        parts.append(_("%(count)d are not in the file") % {"count": found.missing})
    if found.kept:
        parts.append(_("%(count)d changed here since and kept") % {"count": found.kept})
    if found.gone or found.conflicts:
        count = len(found.gone) + len(found.conflicts)
        parts.append(_("%(count)d no longer fit") % {"count": count})
    return ", ".join(parts) + "."
