"""Layouts that no reader was written for, as people paste them."""
