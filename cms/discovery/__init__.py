"""Files by which search engines and other programs find the site's pages."""
