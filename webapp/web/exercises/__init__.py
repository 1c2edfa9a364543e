"""The exercise cards."""
