"""The first screen: one action, and four cards."""
