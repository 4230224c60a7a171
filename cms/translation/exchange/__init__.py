"""Export translations to PO and XLIFF files for translators' programs, and import them again."""
