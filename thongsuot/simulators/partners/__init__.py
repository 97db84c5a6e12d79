"""The partners, one file each."""
