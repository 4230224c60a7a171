"""Keeping what editors wrote where it may not be published yet, and telling them what to do."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.admin import messages

from cms.content.clinical_review import clinical_content, is_review_suspended
from cms.core.editing_rights import edit_url

from .models import Approval


def hold_unreviewed(request: HttpRequest, instance: Any) -> HttpResponse | None:
    """Stop publishing where the text was changed since it was approved; the draft is saved."""
    content = clinical_content(instance)
    if content is None or is_review_suspended() or Approval.objects.allows(content):
        return None
    messages.warning(
        request,
        _(
            "Your changes are saved as a draft but not published: a clinical reviewer has to "
            "approve them first. Submit them to clinical review."
        ),
    )
    return redirect(edit_url(content))


def hold_copies(request: HttpRequest, page: Any) -> HttpResponse | None:
    """Let copies of what needs review begin as drafts: nobody has approved them."""
    if request.method != "POST" or not request.POST.get("publish_copies"):
        return None
    copied = page.get_descendants(inclusive=True) if request.POST.get("copy_subpages") else [page]
    needs_review = {getattr(each.specific_class, "needs_clinical_review", False) for each in copied}
    if is_review_suspended() or True not in needs_review:
        return None
    messages.error(
        request,
        _(
            "Copies of pages that need clinical review cannot be published at once. Copy them "
            "without publishing, then submit the copies to clinical review."
        ),
    )
    return redirect("wagtailadmin_pages:copy", page.pk)
