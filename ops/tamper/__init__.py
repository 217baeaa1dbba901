"""Attacks on the stored journal and on case files, counted by kind: which are found, and where."""
