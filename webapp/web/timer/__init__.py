"""The timer: how long is left, and what to do now."""
