"""Segments of sources, texts of targets, the state of each translation, and what guards them."""
