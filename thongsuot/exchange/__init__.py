"""Whom we talk with: what we owe goes out, what came is taken in, and all of it is provable."""
