"""Models of what Wagtail's comments lack: their words on a page, and comments on snippets."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Comment
from wagtail_localize.models import String, TranslationSource


class CommentedString(models.Model):
    """The string that a comment from the desk is about.

    The content path of a rich text is that of all its paragraphs.
    """

    # Wagtail's `Comment.save()` takes the name of a relation back for a field of its own.
    comment = models.OneToOneField(
        Comment, primary_key=True, on_delete=models.CASCADE, related_name="+"
    )
    string = models.ForeignKey(String, on_delete=models.CASCADE, related_name="+")

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.string)


class SnippetComment(models.Model):
    """A comment on a text of a snippet, with the fields of Wagtail's `Comment`, which has pages."""

    source = models.ForeignKey(TranslationSource, on_delete=models.CASCADE, related_name="comments")
    contentpath = models.TextField()
    string = models.ForeignKey(String, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="snippet_comments"
    )
    text = models.TextField()
    created_at = models.DateTimeField(auto_now_add=True)
    resolved_at = models.DateTimeField(null=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        default_permissions = ()
        verbose_name = _("comment")
        verbose_name_plural = _("comments")

    def __str__(self) -> str:
        return self.text


class SnippetCommentReply(models.Model):
    """An answer, with the fields of Wagtail's `CommentReply`."""

    comment = models.ForeignKey(SnippetComment, on_delete=models.CASCADE, related_name="replies")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="snippet_comment_replies"
    )
    text = models.TextField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        default_permissions = ()
        verbose_name = _("reply to a comment")
        verbose_name_plural = _("replies to comments")

    def __str__(self) -> str:
        return self.text
