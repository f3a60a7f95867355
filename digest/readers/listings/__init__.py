"""Text copied from web pages that list papers: one module a layout."""
