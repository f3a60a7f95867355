"""Papers in Markdown: lists, tables, newsletters, and headings with fields below them."""
