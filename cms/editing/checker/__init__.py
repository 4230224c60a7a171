"""The content checker beside the preview, with the rules of this site."""
