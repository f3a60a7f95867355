"""What papers are about: the taxonomy, and how its topics are found in titles and abstracts."""
