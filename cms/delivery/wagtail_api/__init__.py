"""Wagtail's own APIs beside the Delivery API: v2 for the public, v3 for holders of a token."""
