"""Records changes of the admin's bulk actions, for which Django sends no signal."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest
from wagtail import hooks
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from .signals.files import record_change


@hooks.register("after_bulk_action")
def record_new_collection(
    request: HttpRequest, action_type: str, objects: Sequence[Any], action: Any
) -> None:
    """Record new collections of files; the objects still have their old collection."""
    if action_type != "add_to_collection":
        return
    for file in objects:
        if isinstance(file, get_image_model() | get_document_model()):
            record_change(
                file, file.collection_id, action.cleaned_form.cleaned_data["collection"].pk
            )
