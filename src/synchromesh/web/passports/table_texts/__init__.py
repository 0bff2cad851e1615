"""The texts of the tables in `engine.passport_models` once more, so that `make messages` finds them for translators.

Tables are no source that gettext reads. A test holds these lists against the tables.
"""
