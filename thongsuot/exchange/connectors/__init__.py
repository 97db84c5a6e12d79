"""One module for each kind of partner."""
