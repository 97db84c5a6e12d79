"""What starts the processes and stops them again; it knows nothing of what they do."""
