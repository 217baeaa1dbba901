"""Benchmarks: ours and a yardstick side by side, interleaved in one run, with the spread."""
