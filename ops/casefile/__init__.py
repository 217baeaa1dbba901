"""Case files: one case as a zip that outsiders can check without us (`ops/docs/case-file.md`)."""
