"""The domain: facts, decisions, figures; no database, no network."""
