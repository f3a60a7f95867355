"""Fills gaps: what the sources of a paper do not say is looked up, and written down for review."""
