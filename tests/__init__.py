"""The suites. A package at every level, so that no folder here shadows a root package."""
