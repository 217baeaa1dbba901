"""The verifier: one file that needs nothing of ours, so that an outsider can read and run it."""
