"""Formats of reference managers in which every line begins with a tag, one file each."""
