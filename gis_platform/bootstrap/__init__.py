"""What must be there before the platform can run, installed step by step on a fresh machine.

Standard library only: it runs with the machine's own Python before ``.venv`` exists. Each step knows in
milliseconds whether its work is done, so a second run costs almost nothing.
"""
