"""Keeps out of logs what visitors have typed."""

import logging
import re
from typing import Final

# The query of an address in a request line, such as "GET /sok/?q=… HTTP/1.1".
QUERY: Final = re.compile(r"\?\S*")


class WithoutQueries(logging.Filter):
    """Takes the queries of addresses out of the lines that a server writes for each request."""

    def filter(self, record: logging.LogRecord) -> bool:
        if isinstance(record.args, tuple):
            record.args = tuple(
                QUERY.sub("", each) if isinstance(each, str) else each for each in record.args
            )
        return True
