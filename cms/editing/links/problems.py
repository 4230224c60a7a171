"""Problems of links, with labels and advice for editors."""

from typing import Final

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class LinkProblem(models.TextChoices):
    """Problem of a link or chosen object; the most severe come first."""

    GONE = "gone", _("Leads to something deleted")
    UNPUBLISHED = "unpublished", _("Leads to something unpublished")
    PRIVATE = "private", _("Leads to something private")
    UNSHOWABLE = "unshowable", _("A picture that cannot be shown")
    UNTRANSLATED = "untranslated", _("Not published in this language")
    OTHER_LANGUAGE = "other_language", _("Chosen in another language")


# Problems on which visitors see the text without a link, or nothing.
LEADS_NOWHERE: Final = (
    LinkProblem.GONE,
    LinkProblem.UNPUBLISHED,
    LinkProblem.PRIVATE,
    LinkProblem.UNSHOWABLE,
)

ADVICE: Final[dict[LinkProblem, Promise]] = {
    LinkProblem.GONE: _("Visitors get no link. Remove it, or choose something else."),
    LinkProblem.UNPUBLISHED: _("Visitors get no link. Publish what it leads to, or remove it."),
    LinkProblem.PRIVATE: _("Visitors get no link. Make what it leads to public, or remove it."),
    LinkProblem.UNSHOWABLE: _(
        "Visitors see no picture, or only small ones. Upload its file again, or choose another."
    ),
    LinkProblem.UNTRANSLATED: _(
        "Visitors are led to another language, or see nothing. Publish a translation of what it "
        "leads to."
    ),
    LinkProblem.OTHER_LANGUAGE: _(
        "Visitors are led to the right language by themselves. You need not do anything."
    ),
}
