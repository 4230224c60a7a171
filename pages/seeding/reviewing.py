"""What the demo's clinical reviewer has approved, as a reviewer would in the admin."""

from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model

from cms.content.clinical_review import ClinicalContent, approvals, latest_draft

from .users import REVIEWER, REVIEWER_TITLES


def approve(instance: Any) -> None:
    """Approve a demo object and its translations where they need it and nobody has.

    Without demo users there is nobody to do it: what is published then says nothing of reviews.
    """
    reviewer = get_user_model()._default_manager.filter(username=REVIEWER).first()
    if not settings.DEMO_USERS or reviewer is None or not isinstance(instance, ClinicalContent):
        return
    for language_version in instance.get_translations(inclusive=True).select_related("locale"):
        content = latest_draft(language_version)
        if approvals().covering(content) is None:
            title = REVIEWER_TITLES[content.locale.language_code]
            approvals().record(content, reviewer=reviewer, title=title)
