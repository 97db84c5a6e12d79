"""Forms keep what was typed, and say beside each field what is wrong with it."""
