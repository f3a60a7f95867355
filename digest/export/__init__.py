"""The papers of a digest, in the forms that other programs read."""
