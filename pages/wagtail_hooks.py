"""Registers the site's snippets in the Wagtail admin."""

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from cms.content.snippet_choosers import ChooserViewSet
from cms.content.snippet_views import BaseSnippetViewSet

from .forms import SelfTestCallToActionCreationForm
from .models import Concern, SelfTestCallToAction, SiteFurniture


class ConcernViewSet(BaseSnippetViewSet):
    model = Concern
    icon = "tag"
    list_display = ["name", "description", "position", *BaseSnippetViewSet.list_display]


class SelfTestCallToActionChooserViewSet(ChooserViewSet):
    creation_form_class = SelfTestCallToActionCreationForm
    create_action_label = _("Create call to action")
    creation_tab_label = _("New call to action")


class SelfTestCallToActionViewSet(BaseSnippetViewSet):
    model = SelfTestCallToAction
    chooser_viewset_class = SelfTestCallToActionChooserViewSet
    icon = "clipboard-list"
    list_display = ["heading", "button_label", *BaseSnippetViewSet.list_display]


class SiteFurnitureViewSet(BaseSnippetViewSet):
    model = SiteFurniture
    icon = "warning"
    list_display = ["crisis_heading", *BaseSnippetViewSet.list_display]


class SharedContentGroup(SnippetViewSetGroup):
    menu_label = _("Shared content")
    menu_icon = "snippet"
    menu_order = 220
    items = (ConcernViewSet, SelfTestCallToActionViewSet, SiteFurnitureViewSet)


register_snippet(SharedContentGroup)
