"""What we can tell: one function is one question; nothing is written."""
