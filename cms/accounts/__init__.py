"""Limit how often passwords may be tried: logins, and passwords of private pages and documents."""
