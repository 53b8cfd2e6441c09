"""What words, names, clauses and sentences are: the ground on which every layer stands."""
