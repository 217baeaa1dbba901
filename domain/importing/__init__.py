"""Importing logs: from cells of a table to rows, with a verdict on each. Pure.

Columns are found by their words, values are read in a few styles, and what is doubtful is told,
never guessed.
"""
