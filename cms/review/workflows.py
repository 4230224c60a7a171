"""The workflow of clinical review: one for each language, with one step."""

from django.contrib.auth.models import Group
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from wagtail.models import Locale, Workflow, WorkflowTask

from cms.core.i18n import content_language_codes, language_name

from .models import ClinicalReviewTask
from .roles.fixed import REVIEWERS


@transaction.atomic
def set_up_workflows() -> None:
    """Give each content language its workflow, named in that language.

    One for each language rather than one with a step for each: so that nobody meets steps that
    are skipped, and "approve and publish" is what the only step does.
    """
    locales = Locale.objects.filter(language_code__in=content_language_codes())
    known = ClinicalReviewTask.objects.values("locale")
    for locale in locales.exclude(pk__in=known):
        _make_workflow(locale)


def _make_workflow(locale: Locale) -> None:
    with translation.override(locale.language_code):
        name = f"{_('Clinical review')} ({language_name(locale.language_code)})"
    task = ClinicalReviewTask.objects.create(name=name, locale=locale)
    task.groups.set(Group.objects.filter(name=REVIEWERS))
    workflow = Workflow.objects.create(name=name)
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
