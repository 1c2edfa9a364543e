"""The private backup: sealed entries in and out. No page, no cookie, nothing logged."""
