"""Warmth or cold: which, how, how long, and when not."""
