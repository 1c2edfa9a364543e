"""Safety properties, decided over every possible set of answers.

``prover`` decides each property, ``search`` finds answers that break it, ``verdicts`` says what
came out. ``as_written`` applies the rules by the evaluator's own operators, independently of the
compiled diagram.
"""
