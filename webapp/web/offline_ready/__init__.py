"""Whether this phone is ready for use without a network."""
