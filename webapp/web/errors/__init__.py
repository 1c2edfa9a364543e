"""Pages for what is not there and for what went wrong."""
