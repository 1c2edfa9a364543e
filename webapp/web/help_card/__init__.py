"""Sentences to show to others, in two languages."""
