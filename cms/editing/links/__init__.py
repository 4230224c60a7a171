"""Where pages and snippets lead, and what of that leads nowhere."""
