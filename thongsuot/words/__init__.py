"""How we say it: Vietnamese sentences by code."""
