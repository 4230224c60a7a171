"""What we rely on in Wagtail, wagtail-localize, modelsearch and django-axes, part by part.

Each test fails by itself when an upgrade changes what one adapter of `cms.upstream` relies on.
"""
