"""Titles for papers whose sources give none, made of the abstract's own words."""
