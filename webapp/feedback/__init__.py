"""What people say of the pages: kept by day, and counted."""
