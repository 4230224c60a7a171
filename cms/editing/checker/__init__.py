"""Wagtail's content checker with rules of this site."""
