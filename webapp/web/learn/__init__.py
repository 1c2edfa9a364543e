"""Short articles: what a spasm is, what studies found, whom to see."""
