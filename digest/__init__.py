"""Turns any pile of papers into a literature digest: a static site with a page for every paper."""

__version__ = "0.1.0"
