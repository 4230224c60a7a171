"""The glossary: terms with their names in each language, for translators and the desk."""
