"""Entry pages for interests: young people, workers, employers, teachers, social partners, policy makers."""
