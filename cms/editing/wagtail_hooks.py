"""What helps editors while they write."""

from typing import Any

from django.http import HttpRequest
from wagtail import hooks
from wagtail.admin.action_menu import ActionMenuItem

from .checker.item import use_site_checker


@hooks.register("construct_wagtail_userbar")
def check_content_by_our_rules(request: HttpRequest, items: list[Any], page: Any) -> None:
    use_site_checker(items)


@hooks.register("construct_page_action_menu")
def leave_out_alias_pages(
    menu_items: list[ActionMenuItem], request: HttpRequest, context: dict[str, Any]
) -> None:
    """An alias in another language is never public here, so nobody is offered to make one.

    wagtail-localize puts "Convert to alias page" first, where those who may not publish get it
    as their main button.
    """
    menu_items[:] = [item for item in menu_items if item.name != "localize-convert-to-alias"]
