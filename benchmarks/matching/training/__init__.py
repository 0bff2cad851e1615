"""Train the weights of the matching engine: adapters of the encoders first, then rankers and their calibration.

    python -m benchmarks.matching.training adapters minilm     (minutes to an hour of CPU, by encoder)
    python -m benchmarks.matching.training backgrounds
    python -m benchmarks.matching.training rankers

Reads the public training and validation parts beside the repository; never a test part. Recipe and figures:
docs/matching-model-card.md.
"""
