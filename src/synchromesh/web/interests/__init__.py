"""Entry pages for interests: young people, workers, teachers, social partners, policy makers."""
