"""Rule packs: law as dated, cited, versioned data and the pure functions that read it."""
