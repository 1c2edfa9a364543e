"""What follows from the answers: pure functions from answers to urgency, reasons and advice.

No Flask, no database. The rules are evaluated as written (``evaluation``, ``assessment``) and,
separately, compiled to a diagram (``diagram``) for the phone and for the proofs.
"""
