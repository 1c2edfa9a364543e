"""What English text must never say, as patterns: the list of the clinical digest, and its kin."""

NEVER_SAID = {
    "you are fine": r"\byou(?:'re| are) (?:fine|ok|okay|healthy)\b",
    "nothing serious": r"nothing (?:serious|dangerous|to worry|wrong|is wrong)|harmless",
    "do not worry": r"(?:do not|don't|no need to) worry",
    "safe": r"\bsafe(?:ly|r|st)?\b",
    "proven": r"\bproven?\b|\bproves\b",
    "cures": r"\bcure[sd]?\b",
    "a promise": r"guarantee|certainly|definitely|100 ?%|\bwill (?:heal|recover|be gone)\b",
    "a diagnosis": r"\byou have an? (?:slipped|strain|sprain|stenosis|sciatica|hernia)",
    "a slipped disc": r"slipped dis[ck]|bulging dis[ck]|\bhernia|(?:trapped|pinched) nerve",
    "out of place": r"\b(?:back|neck|spine|disc|it) is out\b|out of (?:place|line)",
    "wear and tear": r"wear and tear|\bworn\b|degenerat|crumbl|\bdamaged?\b",
    "a scan is needed": r"\byou need an? (?:scan|x-ray)\b|\bMRI\b",
    "a clear scan": r"\b(?:clear|normal) scan\b",
    "a medicine to take": r"\btake [a-z ]*(?:ibuprofen|paracetamol|naproxen|aspirin|painkill)",
    "a dose": r"\d ?(?:mg|milligrams?|ml|tablets|pills)\b",
    "a medicine to stop": r"\b(?:stop|swap|replace) [a-z ]*(?:medicine|tablet|pill|painkiller)",
    "fish oil": r"fish oil|omega",
    "medicine to mask pain": r"(?:painkillers?|medicine) (?:before|so that you can) (?:ex|tr)",
    "relaxants": r"relaxant|opioid|diazepam|codeine|tramadol",
}
