"""Backups of the record and, apart from them, of the keys; restoring both; forgetting for good."""
