"""The pages: a folder a feature, and the layer that answers them from the release."""
