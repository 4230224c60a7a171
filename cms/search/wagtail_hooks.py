"""Register the lists of the search in the Wagtail admin."""

from wagtail import hooks

from .viewsets import SearchGroup


@hooks.register("register_admin_viewset")
def register_word_lists() -> SearchGroup:
    """Register the views of synonyms and crisis words."""
    return SearchGroup()
