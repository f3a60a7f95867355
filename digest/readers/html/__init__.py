"""Saved web pages: what they say of a paper in tags for machines."""
