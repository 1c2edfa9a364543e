"""What the server keeps for people who ask it to: sealed journals, and what they say of us."""
