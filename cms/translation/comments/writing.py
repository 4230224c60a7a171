"""Stores comments, replies and what becomes of them, and tells those whom they concern.

Nothing else is written: no draft, no text, no state of a translation, no row of the journal.
"""

from typing import Any, Final

from django.core.exceptions import ObjectDoesNotExist
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.models import Comment, CommentReply
from wagtail_localize.models import (
    String,
    StringSegment,
    StringTranslation,
    TemplateSegment,
    TranslationContext,
    TranslationSource,
)

from cms.core.after_commit import after_commit
from cms.core.edit_requests import lock_edits
from cms.core.visible_text import is_visible

from ..engine.segments import TextKey
from ..engine.text_rules import INVISIBLE, LINE_ENDS
from .models import CommentedString, SnippetComment, SnippetCommentReply
from .notices import Event, send_notices
from .rights import may_withdraw
from .threads import all_comments, is_of_page, open_comments, thread_of, threads_of

MAX_LENGTH: Final = 2000
# What Wagtail's editor of rich text takes for a comment on the whole field.
WHOLE_RICH_TEXT: Final = "[]"


class CommentRefused(Exception):
    """A comment was not stored, or not changed; the message tells its writer why."""


class CommentLost(CommentRefused):
    """Raised where the text or comment it was about is gone; the message has the words typed."""


def cleaned(text: str) -> str:
    """Return a comment as it is stored: lines of plain text. Raises CommentRefused."""
    text = LINE_ENDS.sub("\n", INVISIBLE.sub("", text.replace("\r\n", "\n"))).strip()
    if not is_visible(text):
        raise CommentRefused(_("Write something first."))
    if len(text) > MAX_LENGTH:
        raise CommentRefused(
            _("This comment has %(length)d characters; there is room for %(limit)d.")
            % {"length": len(text), "limit": MAX_LENGTH}
        )
    return text


class Commenter:
    """A user who writes comments on one source; whether the user may is asked before.

    All methods are to be called in one transaction, and raise CommentRefused.
    """

    def __init__(self, source: TranslationSource, user: Any) -> None:
        self.source = source
        self.user = user

    @cached_property
    def instance(self) -> Any:
        """The original. Its editor, which writes the comments of a page as well, waits."""
        try:
            instance = self.source.get_source_instance()
        except ObjectDoesNotExist as error:
            raise CommentRefused(_("The original does not exist any more.")) from error
        lock_edits(type(instance), instance.pk)
        return instance

    def ask(self, key: TextKey, text: str) -> Any:
        """Comment on a text; what the user has said there already is not said twice."""
        text, instance = cleaned(text), self.instance
        context = TranslationContext.objects.filter(
            pk=key.context, object=self.source.object_id
        ).first()
        string = String.objects.filter(pk=key.string, locale=self.source.locale_id).first()
        if context is None or string is None or not self._had(context, string):
            raise CommentLost(
                _("The original does not have this text any more. You wrote: “%(text)s”")
                % {"text": text}
            )
        said = {"contentpath": context.path, "text": text, "user": self.user}
        for thread in threads_of(open_comments(self.source).filter(**said)):
            if thread.string == string:
                return thread.comment
        if is_of_page(self.source):
            is_rich = TemplateSegment.objects.filter(source=self.source, context=context).exists()
            position = WHOLE_RICH_TEXT if is_rich else ""
            comment = Comment(page=instance, position=position, **said)
            comment.save(update_position=True)
            CommentedString.objects.create(comment=comment, string=string)
            comment.log_create(user=self.user)
        else:
            comment = SnippetComment.objects.create(source=self.source, string=string, **said)
        self._tell(Event.ASKED, comment)
        return comment

    def reply(self, pk: int, text: str, last_read: int = 0) -> Any:
        """Answer a comment; a form that is sent twice answers once.

        Takes the id of the latest reply that the form showed: the same words as in a later one of
        the user, or in the last of all, are that one. An answer to a comment that was resolved
        meanwhile opens it again.
        """
        text, comment = cleaned(text), self._commented(pk)
        if comment is None:
            raise CommentLost(
                _("The comment was deleted meanwhile. Your answer was: “%(text)s”") % {"text": text}
            )
        replies = list(comment.replies.order_by("pk"))
        for reply in replies:
            is_later = reply.pk > last_read or reply == replies[-1]
            if is_later and (reply.user_id, reply.text) == (self.user.pk, text):
                return reply
        type(comment)._default_manager.filter(pk=pk).update(resolved_at=None, resolved_by=None)
        model: Any = CommentReply if isinstance(comment, Comment) else SnippetCommentReply
        reply = model.objects.create(comment=comment, user=self.user, text=text)
        if isinstance(comment, Comment):
            reply.log_create(user=self.user)
        self._tell(Event.ANSWERED, comment)
        return reply

    def resolve(self, pk: int) -> None:
        """Mark a comment as settled; one that is settled already stays so."""
        comment = self._comment(pk)
        # Wagtail's `Comment.save()` takes no names of fields.
        stored = type(comment)._default_manager.filter(pk=pk)
        stored.update(resolved_at=timezone.now(), resolved_by=self.user)
        if isinstance(comment, Comment):
            comment.log_resolve(user=self.user)
        self._tell(Event.RESOLVED, comment)

    def withdraw(self, pk: int) -> None:
        """Delete a comment of the user's own that nobody else has answered."""
        comment = self._comment(pk)
        if not may_withdraw(self.user, comment, comment.replies.all()):
            raise CommentRefused(_("You can only delete a comment of yours without answers."))
        if isinstance(comment, Comment):
            comment.log_delete(user=self.user)
        comment.delete()

    def _comment(self, pk: int) -> Any:
        comment = self._commented(pk)
        if comment is None or comment.resolved_at is not None:
            raise CommentRefused(_("This comment is resolved or deleted already."))
        return comment

    def _commented(self, pk: int) -> Any | None:
        """Return a comment on the source, resolved or not; None where there is none."""
        self.instance  # noqa: B018  # waits for the lock
        return all_comments(self.source).filter(pk=pk).first()

    def _had(self, context: TranslationContext, string: String) -> bool:
        """Whether the source has a string at a place, or had it when that was translated."""
        segments = StringSegment.objects.filter(source=self.source)
        translations = StringTranslation.objects.filter(translation_of=string)
        return (
            segments.filter(context=context, string=string).exists()
            or translations.filter(context=context).exists()
        )

    def _tell(self, event: Event, comment: Any) -> None:
        thread = thread_of(comment)
        after_commit(send_notices, event, self.source, self.instance, thread, self.user)
