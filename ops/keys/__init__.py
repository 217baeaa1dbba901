"""Keys: the outer key, each person's data key, and the sealing of personal values with it."""
