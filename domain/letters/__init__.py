"""Letters: templates as data, filled in from a case by pure functions, and compared later."""
