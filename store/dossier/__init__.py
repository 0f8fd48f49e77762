"""A dossier: what is claimed about a subject, with a passage for every sentence."""
