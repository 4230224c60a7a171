"""Translating side by side: the page on which a translation is written, checked and published."""
