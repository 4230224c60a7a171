"""Serves uploaded files to those who may see the collection of each."""

import logging
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files import File
from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response, patch_cache_control
from django.views.static import serve
from wagtail.images import get_image_model
from wagtail.images.models import AbstractRendition
from wagtail.permissions import policy_registry

from cms.upstream import serving
from cms.upstream.permissions import require_admin_access

from .images import note_fault

logger = logging.getLogger(__name__)

CHUNK = 64 * 1024


def serve_image(request: HttpRequest, name: str) -> HttpResponseBase:
    """Serve the file of a rendition by its name below `/media/images/`.

    Caches must revalidate each time, since the collection may have become private. The entity tag
    needs no look at the file.
    """
    renditions = get_image_model().get_rendition_model().objects
    rendition = renditions.filter(file=f"images/{name}").select_related("image__collection").first()
    if rendition is None:
        raise Http404("No image has this name.")
    image = rendition.image
    is_private = image.collection.get_view_restrictions().exists()
    if is_private and not _may_choose(request, image):
        # Asks for a password or a login, as for a document.
        refusal = serving.refuse_by_collection(image, request)
        if refusal is not None:
            patch_cache_control(refusal, private=True, no_store=True)
            return refusal
    etag = f'"{rendition.pk}-{image.file_hash}"'
    response: HttpResponseBase | None = get_conditional_response(request, etag=etag)
    if response is None:
        response = FileResponse(_open(rendition))
        response.block_size = CHUNK
    response["ETag"] = etag
    response["Cache-Control"] = f"{'private' if is_private else 'public'}, no-cache"
    return response


def serve_document(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
    """Serve a document to those who may see it; networks must keep no copy."""
    response = serving.serve_document(request, **kwargs)
    patch_cache_control(response, private=True, no_cache=True)
    return response


@require_admin_access
def serve_avatar(request: HttpRequest, name: str) -> HttpResponseBase:
    """Serve the picture of an editor to editors."""
    folder = Path(settings.MEDIA_ROOT) / "avatar_images"
    response: HttpResponseBase = serve(request, name, document_root=str(folder))
    return response


def _may_choose(request: HttpRequest, image: Any) -> bool:
    """Return whether a reader can choose the image in the admin."""
    policy = policy_registry.get_by_type(type(image))
    actions = ["choose", "change", "delete"]
    return bool(policy.user_has_any_permission_for_instance(request.user, actions, image))


def _open(rendition: AbstractRendition) -> File:
    """Open the file of a rendition, made again where it is missing.

    Where that fails too, an `ImageFault` tells editors, and pages keep the image: a storage that is
    away for a moment looks the same. Raises Http404.
    """
    storage, name = rendition.file.storage, rendition.file.name
    try:
        return storage.open(name)
    except OSError:
        logger.warning("The file %s is gone: it is made anew", name)
    try:
        storage.save(name, rendition.image.generate_rendition_file(rendition.filter))
        return storage.open(name)
    except Exception as error:  # Pillow, Willow and each storage raise errors of their own
        note_fault(rendition.image, error)
        raise Http404("The image's file is gone.") from error
