"""Learner profiles, ratings, gaps and training plans: the main job; and what people keep of the catalogue.

Owns a person's ratings, plans, lists of courses, followed searches and reviews, and what is shared of them. Does not
own roles (framework), courses (catalogue) or completions (learning); it reads them.
"""
