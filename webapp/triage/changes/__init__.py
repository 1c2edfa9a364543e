"""What a change of the data changes for people: two releases compared over every set of answers.

``releases`` brings both onto one diagram, ``comparison`` decides rule by rule, offer by offer and
level by level, ``counting`` and ``retelling`` try sets of answers and stories, ``report`` says it.
"""
