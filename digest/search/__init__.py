"""Search on static files: what papers are found by, how they are ranked, and what is in which file.

The format is described in docs/search-format.md; the page's scripts read the same files.
"""
