"""Base models of pages and snippets, and the lists of the site's types of each."""

from .page import BaseContent, BasePage, page_models
from .snippet import BaseSnippet, snippet_models

__all__ = ["BaseContent", "BasePage", "BaseSnippet", "page_models", "snippet_models"]
