"""The buttons below the desk: those of Wagtail's editor, with what goes forward in sight."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.utils.safestring import SafeString
from django.utils.translation import gettext

from .admin_targets import AdminTarget

SAVE: Final = ("action-save-draft", "action-save", "action-page-locked", "action-locked")
# What leads to publication; where there is a review, it comes first.
FORWARD: Final = ("action-submit", "action-publish")
APPROVE: Final = "approve"


@dataclass(frozen=True)
class Footer:
    """`forward` is the one thing that a finished translation waits for, None where nothing is.

    `past_review` publishes without it. `approve` is the main button of whoever is asked to
    approve, None for others. `decisions` are what else a reviewer can decide, `others` whatever
    else Wagtail offers.
    """

    save: SafeString | None
    approve: SafeString | None
    forward: dict[str, Any] | None
    past_review: dict[str, Any] | None
    decisions: list[SafeString]
    others: list[SafeString]
    media: Any


def footer_of(target: AdminTarget) -> Footer:
    menu = target.action_menu()
    items = [item for item in (menu.default_item, *menu.menu_items) if item is not None]
    task = None if target.is_locked else target.target.current_workflow_task
    actions = task.get_actions(target.target, target.user) if task else []
    decisions = {name for name, _label, _modal in actions}
    approve = next(
        (item for item in items if item.name == APPROVE and item.name in decisions), None
    )
    forward = [_button(menu, item) for item in _named(items, FORWARD)]
    shown = {*SAVE, *FORWARD, *decisions}
    return Footer(
        approve=approve and approve.render_html(menu.context),
        save=next((item.render_html(menu.context) for item in _named(items, SAVE)), None),
        forward=forward[0] if forward else None,
        past_review=forward[1] if len(forward) > 1 else None,
        decisions=[
            item.render_html(menu.context)
            for item in items
            if item.name in decisions and item is not approve
        ],
        others=[
            item.render_html(menu.context)
            for item in items
            # wagtail-localize's own are about pages that are not translated here.
            if item.name not in shown and not item.name.startswith("localize-")
        ],
        media=menu.media,
    )


def _named(items: Iterable[Any], names: Iterable[str]) -> list[Any]:
    """The items of these names, in the order of the names."""
    by_name = {item.name: item for item in items}
    return [by_name[name] for name in names if name in by_name]


def _button(menu: Any, item: Any) -> dict[str, Any]:
    context = item.get_context_data(menu.context)
    # As Wagtail's button says it, in Wagtail's words.
    label = gettext("Schedule to publish") if context.get("is_scheduled") else context["label"]
    return {"name": item.name, "label": label, "icon": item.icon_name}
