"""How common words are in papers of all fields: figures that ship with the package.

What is rare in one collection must not be told from that collection alone, or one new paper would
change the weights of all others.
"""
