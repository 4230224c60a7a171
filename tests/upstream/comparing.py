"""Comparison of upstream code with the version that an adapter was written for."""

import ast
import hashlib
import inspect
import textwrap
from collections.abc import Callable, Mapping
from typing import Any

GUIDE = "Compare the two versions, adapt cms.upstream, then write the new value here."


def check_signature(function: Callable[..., Any], expected: str, reliance: str) -> None:
    """Fail where a function takes other arguments than those of the version we know."""
    found = str(inspect.signature(function))
    name = f"{function.__module__}.{function.__qualname__}"
    assert found == expected, f"{name} changed: {expected} is {found} now. {reliance} {GUIDE}"


def check_methods(base: type[Any], methods: Mapping[str, str], reliance: str) -> None:
    """Fail where a base class lost a method that we override or call, or changed its arguments."""
    for name, expected in methods.items():
        method = inspect.getattr_static(base, name, None)
        assert method is not None, (
            f"{base.__module__}.{base.__qualname__} has no {name} any more. {reliance} {GUIDE}"
        )
        if expected:
            check_signature(getattr(base, name), expected, reliance)


def check_source(thing: Any, expected: str, reliance: str) -> None:
    """Fail where the code of a function or class is another, apart from layout and comments."""
    found = digest(thing)
    name = f"{thing.__module__}.{thing.__qualname__}"
    assert found == expected, f"{name} has other code ({found}). {reliance} {GUIDE}"


def digest(thing: Any) -> str:
    """Return twelve digits of the hash of a function's or class's code without docstrings."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(thing)))
    for node in ast.walk(tree):
        match getattr(node, "body", None):
            case [ast.Expr(ast.Constant(str())), *_rest] as body:
                del body[0]
    return hashlib.sha256(ast.unparse(tree).encode()).hexdigest()[:12]
