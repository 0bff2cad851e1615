"""Train the weights of the matching engine: the spaces of the encoders first, then rankers and their calibration.

    python -m benchmarks.matching.training spaces
    python -m benchmarks.matching.training rankers [--verdicts judged.jsonl]
    python -m benchmarks.matching.training names

Reads the public training and validation parts beside the repository; never a test part. Recipe and figures:
docs/matching-model-card.md.
"""
