"""Models of clinical review: approvals, tasks, the reviewed objects, people and their languages."""

from .approval import Approval, Waiver
from .people import LanguageLimit, ReviewerTitle
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
