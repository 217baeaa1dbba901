"""Answers read from events: folds over one case, and tables across cases.

A projection never writes events. A fold over one case is a pure function of its history; a table
across cases carries its own SQL, a version and a rebuild.
"""
