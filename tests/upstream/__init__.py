"""Test what Samtal relies on in Wagtail, wagtail-localize, modelsearch and django-axes.

Each test fails by itself when an upgrade changes what one adapter of `cms.upstream` relies on.
"""
