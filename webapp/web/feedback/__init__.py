"""Whether this helped: the page that asks, and the view that takes the answer."""
