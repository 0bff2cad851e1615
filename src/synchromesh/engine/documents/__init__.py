"""CVs and reports into text with positions.

Owns reading of files people write. Does not decide what the text means (matching).
"""
