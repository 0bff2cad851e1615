"""Addresses under `/passports/`: the battery passport lab, where everybody builds and checks passports for practice."""
