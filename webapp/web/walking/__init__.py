"""The walking ladder."""
