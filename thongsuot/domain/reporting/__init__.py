"""Reports: which span of time, by whom, to whom, by when, and how each dossier is counted."""
