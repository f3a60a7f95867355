"""Stage 3: a Catalogue becomes pages, and pages become files."""
