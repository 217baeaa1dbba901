"""Figures: what is owed, recomputed from facts and explained down to its entries."""
