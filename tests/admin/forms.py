"""Data of the admin's forms as the editor's browser sends them."""

from typing import Any


def items(*values: Any) -> dict[str, Any]:
    """Return the form data of a ListBlock."""
    data: dict[str, Any] = {
        str(number): {"value": value, "deleted": "", "order": str(number)}
        for number, value in enumerate(values)
    }
    return {**data, "count": str(len(values))}
