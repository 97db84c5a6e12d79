"""The door for machines: typed, versioned, problem+json."""
