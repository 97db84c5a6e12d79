"""What reports tell: figures as of a moment, and the dossiers behind each."""
