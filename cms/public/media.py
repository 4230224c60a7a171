"""Serves uploaded files to those who may see the collection of each."""

import logging
from collections.abc import Callable
from pathlib import Path
from threading import Lock
from typing import Any

from django.conf import settings
from django.core.files import File
from django.db import DatabaseError
from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import patch_cache_control
from django.views.static import serve
from wagtail.images import get_image_model
from wagtail.images.models import AbstractRendition
from wagtail.permissions import policy_registry

from cms.upstream import serving
from cms.upstream.permissions import require_admin_access

from .cache_headers import conditional_response
from .image_sizes import SIZES, Size, version_of
from .images import make_size, mime_type, note_fault

logger = logging.getLogger(__name__)

CHUNK = 64 * 1024
_making = Lock()


def serve_image(request: HttpRequest, name: str) -> HttpResponseBase:
    """Serve the file of a rendition by its name below `/media/images/`.

    Caches must revalidate each time, since the collection may have become private. The entity tag
    needs no look at the file.
    """
    renditions = get_image_model().get_rendition_model().objects
    rendition = renditions.filter(file=f"images/{name}").select_related("image__collection").first()
    if rendition is None:
        raise Http404("No image has this name.")
    etag = f'"{rendition.pk}-{rendition.image.file_hash}"'
    return _serve(request, rendition.image, etag, lambda: rendition)


def serve_image_size(request: HttpRequest, pk: int, version: str, name: str) -> HttpResponseBase:
    """Serve one of the further sizes of an image (`cms.public.image_sizes`), as it is now.

    The version makes the addresses of a changed image new ones. Old ones are served all the same:
    a site that was built earlier goes on showing the image.
    """
    size = SIZES.get(name)
    image = get_image_model().objects.filter(pk=pk).select_related("collection").first()
    if size is None or image is None:
        raise Http404("No image has this address.")
    etag = f'"{version_of(image)}-{name}"'
    return _serve(request, image, etag, lambda: _make_in_turn(image, size))


def _serve(
    request: HttpRequest, image: Any, etag: str, rendition: Callable[[], AbstractRendition]
) -> HttpResponseBase:
    is_private = image.collection.get_view_restrictions().exists()
    if is_private and not _may_choose(request, image):
        # Asks for a password or a login, as for a document.
        refusal = serving.refuse_by_collection(image, request)
        if refusal is not None:
            patch_cache_control(refusal, private=True, no_store=True)
            return refusal
    response: HttpResponseBase | None = conditional_response(request, etag)
    if response is None:
        file = _open(rendition())
        response = FileResponse(file, content_type=mime_type(file.name or ""))
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


def _make_in_turn(image: Any, size: Size) -> AbstractRendition:
    """Return the rendition of a size, made now in a database that is older than it.

    A process makes one at a time, since a large image takes half a gigabyte of memory. Raises
    Http404.
    """
    with _making:
        try:
            return make_size(image, size)
        except DatabaseError:
            raise
        except Exception as error:  # Pillow, Willow and each storage raise errors of their own
            note_fault(image, error)
            raise Http404("This size of the image cannot be made.") from error


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
