"""The interview and its rules for other programs: as FHIR resources, and as golden answers.

``fhirpath`` writes conditions as expressions, ``fhir`` the resources around them, ``golden``
answers with all that follows from them, by which any implementation can be held against ours.
"""
