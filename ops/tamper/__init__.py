"""Tampering on purpose, in equal shares of every kind, and counting whether it is found."""
