"""Product code takes from upstream what is documented there; all else comes by `cms.upstream`.

`DOCUMENTED` names the modules that appear in the documentation of Wagtail 8.0, wagtail-localize
1.14, modelsearch 1.3 and django-axes 8.3 as what others import, with `...` where the whole module
is described, or with the names that are. All other modules and names are private: upstream may
change them in any release without a word. `wagtail_localize.models` stands here since its
documentation explains the models, and migrations keep them stable.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

PACKAGES = ("wagtail", "wagtail_localize", "modelsearch", "axes")
ADAPTERS = Path("cms", "upstream")
ALL = ...

DOCUMENTED = {
    "axes.handlers.database": ALL,
    "wagtail": {"VERSION", "blocks", "fields", "hooks", "urls"},
    "wagtail.admin": {"messages", "urls"},
    "wagtail.admin.action_menu": {"ActionMenuItem"},
    "wagtail.admin.admin_url_finder": ALL,
    "wagtail.admin.filters": ALL,
    "wagtail.admin.forms": ALL,
    "wagtail.admin.forms.auth": {"LoginForm", "PasswordResetForm"},
    "wagtail.admin.forms.pages": ALL,
    "wagtail.admin.mail": {"send_mail"},
    "wagtail.admin.menu": ALL,
    "wagtail.admin.search": {"SearchArea"},
    "wagtail.admin.panels": ALL,
    "wagtail.admin.site_summary": {"SummaryItem"},
    "wagtail.admin.ui.components": {"Component"},
    "wagtail.admin.ui.tables": ALL,
    "wagtail.admin.userbar": ALL,
    "wagtail.admin.utils": {"get_admin_base_url"},
    "wagtail.admin.views.account": ALL,
    "wagtail.admin.views.reports": {"ReportView"},
    "wagtail.admin.viewsets.base": {"ViewSetGroup"},
    "wagtail.admin.viewsets.model": ALL,
    "wagtail.admin.viewsets.pages": {"PageViewSet"},
    "wagtail.api": ALL,
    "wagtail.api.v2.router": ALL,
    "wagtail.api.v2.views": ALL,
    "wagtail.blocks": ALL,
    "wagtail.contrib.redirects.models": ALL,
    "wagtail.documents": ALL,
    "wagtail.documents.api.v2.views": ALL,
    "wagtail.fields": ALL,
    "wagtail.forms": {"TaskStateCommentForm"},
    "wagtail.images": ALL,
    "wagtail.images.api.v2.views": ALL,
    "wagtail.images.blocks": ALL,
    "wagtail.images.forms": {"BaseImageForm"},
    "wagtail.images.models": {"AbstractImage", "AbstractRendition", "Filter", "Image"},
    "wagtail.locks": {"WorkflowLock"},
    "wagtail.log_actions": ALL,
    "wagtail.models": ALL,
    "wagtail.permission_policies": ALL,
    "wagtail.permission_policies.pages": {"PagePermissionPolicy"},
    "wagtail.permissions": ALL,
    "wagtail.rich_text": {"RichText", "expand_db_html"},
    "wagtail.search": ALL,
    "wagtail.search.backends": ALL,
    "wagtail.signals": ALL,
    "wagtail.snippets.action_menu": {"ActionMenuItem"},
    "wagtail.snippets.blocks": ALL,
    "wagtail.snippets.models": {"register_snippet"},
    "wagtail.snippets.views.snippets": {"SnippetViewSet", "SnippetViewSetGroup"},
    "wagtail.users.models": ALL,
    "wagtail_localize.fields": {"SynchronizedField", "TranslatableField"},
    "wagtail_localize.models": {
        "OverridableSegment",
        "RelatedObjectSegment",
        "SegmentOverride",
        "String",
        "StringSegment",
        "StringTranslation",
        "TemplateSegment",
        "Translation",
        "TranslationContext",
        "TranslationLog",
        "TranslationSource",
    },
}
# Django documents `_meta`, `_state` and the managers; Wagtail documents `_revisions`, the REST
# framework `_request`, Python `_replace`.
PUBLIC_IN_SPITE_OF_THEIR_NAME = {
    "_base_manager",
    "_default_manager",
    "_meta",
    "_replace",
    "_request",
    "_revisions",
    "_state",
}


def product_files() -> list[Path]:
    root = Path(settings.BASE_DIR)
    return sorted(
        path
        for top in ("cms", "faq", "pages")
        for path in (root / top).rglob("*.py")
        if "migrations" not in path.parts and ADAPTERS not in path.relative_to(root).parents
    )


def trees() -> Iterator[tuple[str, ast.Module]]:
    for path in product_files():
        yield str(path.relative_to(settings.BASE_DIR)), ast.parse(path.read_text())


def private_imports(tree: ast.Module) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                if alias.name.partition(".")[0] in PACKAGES:
                    yield node.lineno, alias.name
        elif isinstance(node, ast.ImportFrom) and is_upstream(node):
            documented = DOCUMENTED.get(str(node.module), set())
            for alias in node.names:
                if documented is not ALL and alias.name not in documented:
                    yield node.lineno, f"{node.module}.{alias.name}"


def is_upstream(node: ast.ImportFrom) -> bool:
    return node.level == 0 and str(node.module).partition(".")[0] in PACKAGES


def imported_names(tree: ast.Module) -> set[str]:
    return {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and is_upstream(node)
        for alias in node.names
    }


def own_names(source: str) -> set[str]:
    """The underscored names that our own code defines or assigns, such as fields of dataclasses."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.FunctionDef(name) | ast.ClassDef(name) | ast.Name(name, ast.Store()):
                found.add(name)
            case ast.Attribute(_, name, ast.Store()):
                found.add(name)
    return {name for name in found if name.startswith("_")}


def test_imports_are_documented_ones() -> None:
    found = [
        f"{path}:{line} imports {name}"
        for path, tree in trees()
        for line, name in private_imports(tree)
    ]
    assert not found, (
        "Not documented upstream: take it through cms.upstream, with a test, or name it in "
        "DOCUMENTED if the documentation does.\n" + "\n".join(found)
    )


def test_no_underscored_name_of_others_is_used() -> None:
    ours = set().union(*(own_names(path.read_text()) for path in product_files()))
    found = [
        f"{path}:{node.lineno} uses {ast.unparse(node)}"
        for path, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and node.attr.startswith("_")
        and not node.attr.startswith("__")
        and node.attr not in ours | PUBLIC_IN_SPITE_OF_THEIR_NAME
    ]
    assert not found, "Private names: take them through cms.upstream.\n" + "\n".join(found)


def test_nothing_of_upstream_is_replaced() -> None:
    """Neither `Name.attribute = …`, nor `setattr(Name, …)`, nor `module.registry[…] = …`."""
    found = []
    for path, tree in trees():
        names = imported_names(tree)
        for node in ast.walk(tree):
            targets: list[ast.expr] = []
            if isinstance(node, ast.Assign):
                targets = [each for each in node.targets if not isinstance(each, ast.Name)]
            elif isinstance(node, ast.Call) and ast.unparse(node.func) == "setattr":
                targets = node.args[:1]
            for target in targets:
                root = ast.unparse(target).partition(".")[0].partition("[")[0]
                if root in names:
                    found.append(f"{path}:{target.lineno} replaces {ast.unparse(target)}")
    assert not found, "Replaced upstream: do it in cms.upstream.\n" + "\n".join(found)


@pytest.mark.parametrize(
    ("source", "private"),
    [
        ("from wagtail.models import Page", []),
        ("from wagtail.models.pages import PagePermissionTester", ["PagePermissionTester"]),
        ("from wagtail.admin.utils import get_latest_str", ["get_latest_str"]),
        ("import wagtail.admin.urls", ["urls"]),
        ("from .wagtail_api import x", []),
    ],
)
def test_the_scan_tells_private_imports_from_documented_ones(
    source: str, private: list[str]
) -> None:
    found = [name.rpartition(".")[2] for _line, name in private_imports(ast.parse(source))]
    assert found == private
