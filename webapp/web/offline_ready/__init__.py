"""Is this phone ready for use without a network?"""
