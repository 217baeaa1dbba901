"""The demo: fictional cases, told as stories, loaded through the same HTTP that users send."""
