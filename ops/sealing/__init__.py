"""The seal at work: checkpoints signed, proofs made, journals verified, stamps fetched."""
