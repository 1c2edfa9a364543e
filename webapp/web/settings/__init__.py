"""Language and country."""
