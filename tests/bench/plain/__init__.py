"""A site on plain Wagtail with one page type, as `TherapyMethodPage` is, and nothing of ours."""
