"""Everything that runs the project: command line, settings, PostgreSQL, keys, demo.

The outermost layer: it may import every other one, and none imports it.
"""
