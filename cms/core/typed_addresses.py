"""Read addresses that somebody has typed, which may be none.

`urlsplit` raises ValueError for some of them ("http://[", "http://℀"), and so does whatever calls
it: Wagtail where it stores a redirect, Django where it sends one.
"""

import re
from collections.abc import Callable
from typing import Any, Final
from urllib.parse import SplitResult, urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext as _

# A port, which has a field of its own, and signs that end a host.
NO_HOST: Final = re.compile(r":\d*$|[\s/?#@\\]")
NO_ADDRESS = SplitResult("", "", "", "", "")


def parts_of(address: str) -> SplitResult:
    """Return the parts of an address, all of them empty where it is none."""
    try:
        return urlsplit(address)
    except ValueError:
        return NO_ADDRESS


def is_address(text: str) -> bool:
    """Return whether a text can be read as an address or a path."""
    return not text or parts_of(text) != NO_ADDRESS


def refuse_malformed_addresses() -> None:
    """Let forms, imports and APIs refuse paths of redirects and hosts that cannot be read."""
    # Models read addresses with this module, and upstream's forms need all models.
    from cms.upstream.submitted_forms import (
        validate_field,
        wrap_email_links,
        wrap_redirect_paths,
    )

    wrap_redirect_paths(_normalise)
    wrap_email_links(_parse_email_link)
    validate_field("wagtailcore", "Site", "hostname", _check_host)
    for validator in (MinValueValidator(1), MaxValueValidator(65_535)):
        validate_field("wagtailcore", "Site", "port", validator)


def _normalise(normalise: Callable[..., str], address: str, *args: Any, **kwargs: Any) -> str:
    if not is_address(address.strip()):
        raise ValidationError({"old_path": _not_readable()})
    return normalise(address, *args, **kwargs)


def _parse_email_link(parse: Any, dialog: Any, address: str) -> Any:
    return parse(dialog, address if is_address(address) else "")


def _check_host(hostname: str) -> None:
    if NO_HOST.search(hostname) or not is_address(f"https://{hostname}"):
        raise ValidationError(_not_readable())


def _not_readable() -> str:
    return _("This is no address. Check it for brackets and other signs that do not belong there.")
