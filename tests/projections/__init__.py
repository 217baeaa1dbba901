"""Answers read from events."""
