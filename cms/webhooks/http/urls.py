"""Validates the URL of an endpoint without resolving its host."""

from ipaddress import ip_address
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from .networks import is_allowed, private_networks


def validate_url(url: str) -> None:
    """Raise ValidationError for a URL that no endpoint may have.

    Allows https without user name and password, and no private IP address; http and private
    addresses as far as `WEBHOOK_PRIVATE_NETWORKS` allows them.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise ValidationError(_("This is not a web address.")) from None
    if parts.scheme != "https" and not (parts.scheme == "http" and private_networks()):
        raise ValidationError(_("The address must begin with https://."))
    if not parts.hostname or port == 0 or not url.isascii() or not url.isprintable() or " " in url:
        raise ValidationError(_("This is not a web address."))
    if parts.username is not None or parts.password is not None:
        raise ValidationError(
            _("Leave user name and password out: messages are signed with the secret instead.")
        )
    if parts.fragment:
        raise ValidationError(_("Leave out what follows #: it is never sent."))
    try:
        address = ip_address(parts.hostname)
    except ValueError:
        return
    if not is_allowed(address, parts.scheme):
        raise ValidationError(
            _("%(host)s is in a private network, which webhooks may not reach.")
            % {"host": parts.hostname}
        )
