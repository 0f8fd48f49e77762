"""A case as files: a TinyDB document, its log and its snapshots, indexed in memory."""
