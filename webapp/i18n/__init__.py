"""Which language: the offered locales, their catalogues, negotiation and extraction."""
