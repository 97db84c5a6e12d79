"""What PostgreSQL keeps: rows, and the values that they stand for."""
