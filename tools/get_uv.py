"""Puts uv, which installs everything else, at the path given: `python3 tools/get_uv.py .uv/bin/uv`.

Needs Python's standard library alone: a bare Debian has neither pip nor ensurepip. The file
comes from the package index that UV_INDEX_URL or PIP_INDEX_URL names, otherwise from the one
that uv.lock names.
"""

import hashlib
import io
import os
import platform
import re
import ssl
import sys
import urllib.error
import urllib.parse
import urllib.request
import zipfile
from pathlib import Path

VERSION = "0.13.9"
# What the index lists as the checksums of this version's wheels.
SHA256 = {
    "Linux x86_64": "d7f459fe4fd247d830351c75686d3996ace3c6f3f728eb0e85a30b7ada0cef19",
    "Linux aarch64": "ecb6028d79dc96fbeafffe5c8af62a7099487ebc05a701e76714eebcffd06375",
    "Darwin x86_64": "c16ed11e013557536b3e60065f1b912f6407bd6518e041b961e23ef9e6b4fbf5",
    "Darwin arm64": "66c512266d633bef48384a1f53003f41f2a8e7b36fe6e7fbfd3e0fd52d96fa63",
}
LOCK = Path(__file__).resolve().parent.parent / "uv.lock"


def download(url: str, context: ssl.SSLContext | None = None) -> bytes:
    """The body at an address; a machine without certificates cannot tell who it talks to.

    That does no harm: whatever arrives must have the checksum above.
    """
    try:
        with urllib.request.urlopen(url, timeout=60, context=context) as response:  # noqa: S310  # the index's own address
            return response.read()
    except urllib.error.URLError as error:
        if context or not isinstance(error.reason, ssl.SSLCertVerificationError):
            raise
    # The checksum vouches for what arrives.
    return download(url, ssl._create_unverified_context())  # noqa: S323


def wheel_address(index: str, sha256: str) -> str:
    """Return the URL of the file with this checksum on the index's page for uv (PEP 503)."""
    page = index.rstrip("/") + "/uv/"
    match = re.search(rf'href="([^"]+)#sha256={sha256}"', download(page).decode())
    if match is None:
        raise LookupError(f"{page} does not list uv {VERSION}")
    return urllib.parse.urljoin(page, match[1])


def locked_index() -> str:
    """Return the package index of the lock file."""
    match = re.search(r'registry = "([^"]+)"', LOCK.read_text())
    if match is None:
        raise LookupError("uv.lock names no package index")
    return match[1]


def install(target: Path) -> None:
    machine = f"{platform.system()} {platform.machine()}"
    if machine not in SHA256:
        raise LookupError(f"there is none here for {machine}")
    index = os.environ.get("UV_INDEX_URL") or os.environ.get("PIP_INDEX_URL") or locked_index()
    sys.stderr.write(f"Fetching uv {VERSION} …\n")
    wheel = download(wheel_address(index, SHA256[machine]))
    if hashlib.sha256(wheel).hexdigest() != SHA256[machine]:
        raise LookupError("the file that arrived has another checksum")
    binary = zipfile.ZipFile(io.BytesIO(wheel)).read(f"uv-{VERSION}.data/scripts/uv")
    target.parent.mkdir(parents=True, exist_ok=True)
    # Renamed when complete: an interrupted run leaves no half a program behind.
    partial = target.with_name(f"{target.name}.{os.getpid()}")
    partial.write_bytes(binary)
    partial.chmod(0o755)
    partial.replace(target)


if __name__ == "__main__":
    try:
        install(Path(sys.argv[1]))
    except (OSError, LookupError) as error:
        sys.exit(f"Could not get uv ({error}): install it (https://docs.astral.sh/uv/) instead.")
