"""What we hand over: values in, the bytes of a paper out."""
