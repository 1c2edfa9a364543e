"""The release: every page compiled to fragments and conditions, bundled for the phone."""
