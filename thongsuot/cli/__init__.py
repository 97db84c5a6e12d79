"""The door for operators: one command per noun."""
