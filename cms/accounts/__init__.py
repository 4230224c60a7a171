"""Logging in, and the passwords of private pages: how often one may try."""
