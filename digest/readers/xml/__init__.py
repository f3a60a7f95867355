"""XML: feeds, harvests and publishers' deposits, through one safe door."""
