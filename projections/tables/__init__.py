"""Tables across cases, kept by the runner and rebuilt beside the old ones."""
