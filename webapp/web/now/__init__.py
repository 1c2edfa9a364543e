"""My back has locked: what to do in the next minutes."""
