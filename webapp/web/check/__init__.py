"""The symptom check and its result."""
