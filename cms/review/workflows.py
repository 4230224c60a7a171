"""Create the workflow of clinical review for each language, with a single task."""

from django.contrib.auth.models import Group
from django.db import transaction
from wagtail.models import Locale, Workflow, WorkflowTask

from cms.core.i18n import content_language_codes

from .models import ClinicalReviewTask
from .roles.fixed import REVIEWERS
from .roles.names import review_name


@transaction.atomic
def set_up_workflows() -> None:
    """Create the workflow of each content language that has none, named in that language.

    There is a workflow for each language rather than one with a task for each language: no task
    is ever skipped, and the only task's action is "approve and publish".
    """
    locales = Locale.objects.filter(language_code__in=content_language_codes())
    known = ClinicalReviewTask.objects.values("locale")
    for locale in locales.exclude(pk__in=known):
        _make_workflow(locale)


def _make_workflow(locale: Locale) -> None:
    name = review_name(locale.language_code)
    task = ClinicalReviewTask.objects.create(name=name, locale=locale)
    task.groups.set(Group.objects.filter(name=REVIEWERS))
    workflow = Workflow.objects.create(name=name)
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
