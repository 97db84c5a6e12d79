"""What we do: one function is one thing that someone may do."""
