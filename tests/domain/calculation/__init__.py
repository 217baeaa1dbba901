"""Tests of the calculation package."""
