"""Which releases servers of this database have served."""
