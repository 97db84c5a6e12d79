"""Plans of reorganisation: built from the data, checked against what is known."""
