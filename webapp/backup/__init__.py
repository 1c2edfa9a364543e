"""Sealed backups of journals: the server keeps them and cannot read them."""
