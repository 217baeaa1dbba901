"""Long trials of what must hold when processes are killed."""
