"""Attacks on what is stored, counted by kind: which are found, and which only from outside."""
