"""The server's own limit: a WSGI application that gives the same bytes each time.

No framework at all, behind the same server as the site. The folder that `BENCH_BODIES` names holds
the bodies, with the headers that the site sends with each beside it.
"""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

FOLDER = Path(os.environ["BENCH_BODIES"])
ANSWERS = {
    f"/{file.name}": (
        [(name, value) for name, value in json.loads(file.with_suffix(".headers").read_text())],
        file.read_bytes(),
    )
    for file in FOLDER.iterdir()
    if file.suffix != ".headers"
}


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
    headers, body = ANSWERS[environ["PATH_INFO"]]
    start_response("200 OK", headers)
    return [body]
