"""Learner profiles, ratings, gaps and training plans: the main job.

Owns a person's ratings, plans and what is shared of them. Does not own roles (framework), courses (catalogue) or
completions (learning); it reads them.
"""
