"""For whom the app works, and for whom it falls short."""
