"""Who made this, what it is not, and its sources."""
