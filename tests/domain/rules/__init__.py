"""Rule packs, against published results."""
