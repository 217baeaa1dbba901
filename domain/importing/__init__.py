"""Importing logs: from cells of a table to rows, with a verdict on each.

Columns are found by their words, values are read in a few styles, and what is doubtful is told,
never guessed. All of it is pure but `session.py`, which records through the ports of casework.
"""
