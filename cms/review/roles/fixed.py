"""Create the groups of editors, publishers and clinical reviewers."""

from typing import Final

from django.contrib.auth.models import Group
from django.db import transaction
from wagtail.models import GroupCollectionPermission, Page, Task, Workflow

from .permissions import make_permissions, permit, permit_pages

EDITORS: Final = "Editors"
PUBLISHERS: Final = "Publishers"
REVIEWERS: Final = "Clinical reviewers"

# Names that Wagtail's migrations create.
MODERATORS: Final = "Moderators"
MODERATION: Final = "Moderators approval"
PUBLICATION: Final = "Publishers approval"

EDITING: Final = ("add", "change")
PUBLISHING: Final = (*EDITING, "publish", "lock", "unlock")


@transaction.atomic
def set_up_fixed_roles() -> None:
    """Create missing groups; the permissions of existing ones stay as administrators left them.

    Wagtail creates Editors, which get their permissions here once, and Moderators. Those become
    the publishers together with their workflow, unless the group has members already.
    """
    if not Group.objects.filter(name=PUBLISHERS).exists():
        make_permissions()
        _make_publishers(_make_editors())
    if not Group.objects.filter(name=REVIEWERS).exists():
        make_permissions()
        permit(Group.objects.create(name=REVIEWERS), snippets=["view"])


def _make_editors() -> Group:
    editors, _created = Group.objects.get_or_create(name=EDITORS)
    permit(editors, snippets=[*EDITING, "view"], translating=True, word_lists=True)
    _permit_everywhere(editors, EDITING)
    return editors


def _make_publishers(editors: Group) -> None:
    publishers = Group.objects.filter(name=MODERATORS, user__isnull=True).first()
    if publishers is not None:
        publishers.name = PUBLISHERS
        publishers.save()
        Task.objects.filter(name=MODERATION).update(name=PUBLICATION)
        Workflow.objects.filter(name=MODERATION).update(name=PUBLICATION)
    else:
        publishers = Group.objects.create(name=PUBLISHERS)
    permit(
        publishers,
        snippets=[*PUBLISHING, "delete", "view"],
        translating=True,
        word_lists=True,
    )
    _permit_everywhere(publishers, [*PUBLISHING, "bulk_delete"])
    for held in GroupCollectionPermission.objects.filter(group=editors):
        GroupCollectionPermission.objects.get_or_create(
            group=publishers, collection=held.collection, permission=held.permission
        )


def _permit_everywhere(group: Group, actions: tuple[str, ...] | list[str]) -> None:
    root = Page.objects.filter(depth=1).first()
    if root is not None:
        permit_pages(group, root, actions)
