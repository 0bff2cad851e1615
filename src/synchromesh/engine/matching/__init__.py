"""Text to skills: retrieval, reranking, evidence spans, calibrated probability.

Owns how words become concepts. Does not read files (documents) or hold vocabularies' records (framework).
"""
