"""The groups of users that the site comes with, and what each may do.

Group names are identifiers: they are the same in every language of the admin.
"""
