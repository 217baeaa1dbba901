"""The API over real HTTP semantics: requests in, answers out, and what stands in the journal."""
