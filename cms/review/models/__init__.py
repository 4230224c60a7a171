"""Who has approved what, who may, and who works in which language."""

from .approval import Approval, Waiver
from .language import LanguageLimit
from .reviewer import ReviewerTitle
from .subject import ReviewSubject
from .task import ClinicalReviewTask, SubmittedContent

__all__ = [
    "Approval",
    "ClinicalReviewTask",
    "LanguageLimit",
    "ReviewSubject",
    "ReviewerTitle",
    "SubmittedContent",
    "Waiver",
]
