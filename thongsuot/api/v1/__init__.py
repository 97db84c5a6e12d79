"""Version 1 of the API: what is promised here stays."""
