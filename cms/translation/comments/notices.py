"""Sends e-mails about comments to those who follow them.

They are those whom Wagtail tells of comments in its editor: subscribers of the page, and whoever
has written in the thread. The last writer of the original is told as well, unless unsubscribed:
nobody subscribes to a snippet. Each may switch such e-mails off in the account.
"""

import logging
from collections.abc import Iterator
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.admin.mail import send_mail
from wagtail.admin.utils import get_admin_base_url
from wagtail.models import Page, PageSubscription
from wagtail.users.models import UserProfile
from wagtail_localize.models import TranslationSource

from cms.upstream.admin_views import latest_title, user_name

from ..engine.notation import shown
from .rights import may_comment
from .threads import Thread

logger = logging.getLogger(__name__)


class Event(StrEnum):
    """Names what somebody has done to a comment."""

    ASKED = "asked"
    ANSWERED = "answered"
    RESOLVED = "resolved"


def send_notices(
    event: Event, source: TranslationSource, instance: Any, thread: Thread, user: Any
) -> None:
    """Send an e-mail to each follower but the user, in the language of their admin."""
    for recipient in _recipients(source, instance, thread, user):
        profile = UserProfile.get_for_user(recipient)
        if not profile.updated_comments_notifications or not may_comment(recipient, source):
            continue
        with override(profile.get_preferred_language()):
            subject = _subject(event, user_name(user), latest_title(instance))
            try:
                send_mail(subject, _text(source, thread), [recipient.email])
            except Exception:
                # Whatever a mail service raises, the next one gets theirs.
                logger.exception("The e-mail to %s could not be sent.", recipient.email)


def comments_address(key: UUID, locale_id: int) -> str:
    """Return the absolute address of the comments on an original."""
    path = reverse("translation_comments", args=[key, locale_id])
    return f"{get_admin_base_url() or ''}{path}"


def _recipients(
    source: TranslationSource, instance: Any, thread: Thread, user: Any
) -> Iterator[Any]:
    subscribed: dict[int, bool] = {}
    if isinstance(instance, Page):
        found = PageSubscription.objects.filter(page=instance.pk)
        subscribed = dict(found.values_list("user", "comment_notifications"))
    ids = {pk for pk, wanted in subscribed.items() if wanted}
    writer = instance.latest_revision.user_id if instance.latest_revision else None
    if writer is not None and subscribed.get(writer, True):
        ids.add(writer)
    ids |= {thread.comment.user_id, *(reply.user_id for reply in thread.replies)}
    users: Any = get_user_model()._default_manager
    yield from (
        users.filter(pk__in=ids - {user.pk}, is_active=True).exclude(email="").order_by("pk")
    )


def _subject(event: Event, name: str, title: str) -> str:
    subjects = {
        Event.ASKED: _("%(name)s has commented on “%(title)s”"),
        Event.ANSWERED: _("%(name)s has answered a comment on “%(title)s”"),
        Event.RESOLVED: _("%(name)s has resolved a comment on “%(title)s”"),
    }
    # A name or title with a line break would be no subject.
    return " ".join((subjects[event] % {"name": name, "title": title}).split())


def _text(source: TranslationSource, thread: Thread) -> str:
    parts = []
    if thread.string is not None:
        words = shown(thread.string.data, rich=False)
        parts.append(_("About the text “%(text)s”:") % {"text": words})
    for each in (thread.comment, *thread.replies):
        parts.append(f"{user_name(each.user)}:\n{each.text}")
    address = comments_address(source.object_id, source.locale_id)
    parts.append(_("Read and answer here:") + f"\n{address}#comment-{thread.pk}")
    return "\n\n".join(parts)
