"""Registers questions and topics in the Wagtail admin."""

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from cms.content.snippet_choosers import ChooserViewSet
from cms.content.snippet_views import BaseSnippetViewSet

from .forms import FaqEntryCreationForm
from .models import FaqEntry, FaqTopic


class FaqEntryChooserViewSet(ChooserViewSet):
    creation_form_class = FaqEntryCreationForm
    create_action_label = _("Create question")
    creation_tab_label = _("New question")


class FaqEntryViewSet(BaseSnippetViewSet):
    model = FaqEntry
    chooser_viewset_class = FaqEntryChooserViewSet
    icon = "help"
    list_display = ["question", "topic", *BaseSnippetViewSet.list_display]
    list_filter = ["topic", *BaseSnippetViewSet.list_filter]
    list_select_related = ("topic",)


class FaqTopicViewSet(BaseSnippetViewSet):
    model = FaqTopic
    icon = "folder-open-inverse"
    list_display = ["name", "position", *BaseSnippetViewSet.list_display]


class FaqGroup(SnippetViewSetGroup):
    menu_label = _("FAQ")
    menu_icon = "help"
    menu_order = 210
    items = (FaqEntryViewSet, FaqTopicViewSet)


register_snippet(FaqGroup)
