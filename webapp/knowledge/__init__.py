"""What we know: questions, rules, guidance and sources as validated, frozen values.

The data lives in ``data/*.yaml``, which a clinician can read and change without a programmer.
Nothing here knows the web, the database or how answers are evaluated.
"""
