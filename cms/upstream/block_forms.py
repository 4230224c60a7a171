"""Adapters that give blocks a form with JavaScript of ours.

From `wagtail.admin.telepath`, `wagtail.blocks.list_block` and `wagtail.blocks.struct_block`,
Wagtail 8.0. The JavaScript extends the definitions in `window.wagtailStreamField.blocks` and
`openModal` of the widget of a chooser.
"""

from wagtail.admin.telepath import register
from wagtail.blocks.list_block import ListBlockAdapter
from wagtail.blocks.struct_block import StructBlockAdapter

__all__ = ["ListBlockAdapter", "StructBlockAdapter", "register"]
