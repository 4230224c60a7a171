"""Webhooks in the Wagtail admin: settings, deliveries, and what is done about failures."""
