"""The groups of users that the site creates, and their permissions.

Group names are identifiers: they are the same in every language of the admin.
"""
