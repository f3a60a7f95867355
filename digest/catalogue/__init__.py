"""Stage 2: records become papers, and papers a catalogue with its indexes."""
