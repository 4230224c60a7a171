"""Session backend (SESSION_ENGINE): Django's database sessions, with a stricter check of keys."""

import re
from typing import Any

from django.contrib.sessions.backends import db

SESSION_KEY = re.compile("[a-z0-9]{8,40}")


class SessionStore(db.SessionStore):
    """Takes a cookie that cannot be a session key for no session, without asking the database.

    Django asks for any cookie of eight characters or more. PostgreSQL refuses NUL in a query, so
    that such a cookie made every page fail.
    """

    def _validate_session_key(self, key: Any) -> bool:
        return isinstance(key, str) and SESSION_KEY.fullmatch(key) is not None
