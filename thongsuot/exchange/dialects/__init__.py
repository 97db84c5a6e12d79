"""What several ways to one partner have in common."""
