"""Views of the Wagtail admin: settings of webhooks, their deliveries, actions after failures."""
