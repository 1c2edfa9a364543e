"""How fast Easeback is, as ratios within one run: ``python3 run.py bench``."""
