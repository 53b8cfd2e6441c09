"""Trains the fast attribution model: one small network over words, in labels that say on which side the cue lies."""
