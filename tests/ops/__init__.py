"""Tests of what runs the project."""
