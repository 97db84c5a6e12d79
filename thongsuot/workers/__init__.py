"""What runs by itself: thin jobs and their schedule."""
