"""Attacks on what is stored."""
