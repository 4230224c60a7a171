"""The search for visitors: one engine for the web page and the Delivery API, and its word lists."""
