"""The report on links: what pages and snippets lead to, and which of it leads nowhere."""
