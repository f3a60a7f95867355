"""The interface's language: its words, dates and numbers.

Every text of the interface stands in English where it is used, in Python (`words.say("Undated")`),
in templates (`{{ _("Undated") }}`) and in scripts (`say("Undated")`); a catalogue of each other
language, in `catalogues/`, says what stands for it there.
"""

from digest.language.words import Words, words_of

__all__ = ["Words", "words_of"]
