"""One utterance in all its renderings."""
